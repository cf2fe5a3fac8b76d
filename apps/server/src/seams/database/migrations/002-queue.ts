/** Background work: priorities, a fence against zombies, and when a sweep sends a job again. */
import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  const number = (name: string, initial: number) =>
    schema
      .alterTable('jobs')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(initial))
      .execute();
  await number('priority', 5);
  await number('claims', 0);
  await number('progress', 0);
  await number('resend_at', 0);
  const index = (name: string, columns: string[]) =>
    schema.createIndex(name).on('jobs').columns(columns).execute();
  await index('jobs_resend', ['status', 'resend_at']);
  await index('jobs_lease', ['status', 'lease_until']);
  await index('jobs_last', ['status', 'type', 'updated_at']);
  await index('jobs_newest', ['status', 'id']);
}
