/** What an analysis by a language model was asked with, whom it waits for, and calls that are open now. */
import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable('analyses')
    .addColumn('attachments', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await schema.alterTable('analyses').addColumn('comment_on', 'text').execute();
  await schema.alterTable('analyses').addColumn('waits_for', 'text').execute();
  await schema
    .createTable('ai_calls')
    .addColumn('analysis_id', 'text', (column) => column.primaryKey())
    .addColumn('clinic_id', 'text', (column) => column.notNull())
    .addColumn('tokens', 'bigint', (column) => column.notNull())
    .addColumn('cost_micros', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('ai_usage_day').on('ai_usage').column('day').execute();
}
