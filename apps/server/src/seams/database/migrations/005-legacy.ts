/** What an import from the original system could not read, or had to change: the rows as they were. */
import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('legacy_rows')
    .addColumn('source_table', 'text', (column) => column.notNull())
    .addColumn('row_key', 'text', (column) => column.notNull())
    .addColumn('raw', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.references('users.id'))
    .addColumn('case_id', 'text')
    .addColumn('imported_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('legacy_rows_key', ['source_table', 'row_key'])
    .execute();
  await schema.createIndex('legacy_rows_user').on('legacy_rows').column('user_id').execute();
  await schema.createIndex('legacy_rows_case').on('legacy_rows').column('case_id').execute();
}
