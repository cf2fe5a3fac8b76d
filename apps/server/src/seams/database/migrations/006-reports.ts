/** What people found wrong or dangerous. */
import { type Kysely, sql } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('reports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('clinic_id', 'text', (column) => column.notNull().references('clinics.id'))
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('condition_id', 'text')
    .addColumn('analysis_id', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('knowledge_version', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .addColumn('done_by', 'text', (column) => column.references('users.id'))
    .execute();
  await schema
    .createIndex('reports_open')
    .on('reports')
    .column('id')
    .where(sql.ref('done_at'), 'is', null)
    .execute();
  await schema.createIndex('reports_user').on('reports').column('user_id').execute();
}
