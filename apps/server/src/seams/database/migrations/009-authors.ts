/** The cases of their author, for the export of what is held of a person. */
import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.createIndex('cases_author').on('cases').columns(['created_by', 'id']).execute();
}
