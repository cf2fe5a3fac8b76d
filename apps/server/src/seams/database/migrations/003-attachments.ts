/** Files of cases. Runs unchanged on every database. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const references = (target: string) => (column: ColumnDefinitionBuilder) =>
  column.notNull().references(target);

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('attachments')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('case_id', 'text', references('cases.id'))
    .addColumn('clinic_id', 'text', references('clinics.id'))
    .addColumn('name', 'text', required)
    .addColumn('content_type', 'text', required)
    .addColumn('size', 'bigint', required)
    .addColumn('sha256', 'text', required)
    .addColumn('blob_key', 'text', (column) => column.notNull().unique())
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('created_by', 'text', references('users.id'))
    .addColumn('created_at', 'bigint', required)
    .addColumn('deleted_at', 'bigint')
    .execute();
  await schema
    .createIndex('attachments_case')
    .on('attachments')
    .columns(['case_id', 'id'])
    .where(sql.ref('deleted_at'), 'is', null)
    .execute();
}
