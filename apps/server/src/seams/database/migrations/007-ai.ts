/** Whether a clinic lets cases go to a language model, and what each clinic's calls cost by day. */
import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('clinic_ai')
    .addColumn('clinic_id', 'text', (column) => column.primaryKey().references('clinics.id'))
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  let usage = schema
    .createTable('ai_usage')
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('clinic_id', 'text', (column) => column.notNull().references('clinics.id'))
    .addColumn('model', 'text', (column) => column.notNull());
  for (const name of ['calls', 'hits', 'input_tokens', 'output_tokens', 'saved_tokens', 'cost_micros'])
    usage = usage.addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0));
  await usage.addPrimaryKeyConstraint('ai_usage_key', ['day', 'clinic_id', 'model']).execute();
  await schema
    .createIndex('analyses_unfinished')
    .on('analyses')
    .columns(['status', 'engine', 'id'])
    .execute();
}
