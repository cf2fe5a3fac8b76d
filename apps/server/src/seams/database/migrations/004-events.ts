/** The events of cases as outbox and as a chain of hashes; what statistics keep of them. */
import { createHash } from 'node:crypto';
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';

type Column = ColumnDefinitionBuilder;
const required = (column: Column) => column.notNull();
const zero = (column: Column) => column.notNull().defaultTo(0);

/** Rows whose hashes are filled in by one statement. */
const BATCH = 2_000;

export async function up(db: Kysely<unknown>): Promise<void> {
  await outbox(db);
  await chain(db);
  await statistics(db);
  // A patient is what its newest case says, deleted or not.
  await db.schema.dropIndex('cases_patient').execute();
  await db.schema.createIndex('cases_of_patient').on('cases').columns(['patient_id', 'id']).execute();
}

async function outbox({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('case_events').addColumn('published_at', 'bigint').execute();
  await schema.alterTable('case_events').addColumn('publish_attempts', 'integer', zero).execute();
  await schema
    .createIndex('case_events_unpublished')
    .on('case_events')
    .columns(['case_id', 'seq', 'at'])
    .where(sql.ref('published_at'), 'is', null)
    .execute();
  await schema.createIndex('case_events_recent').on('case_events').columns(['clinic_id', 'at']).execute();
  await schema
    .createTable('leases')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text')
    .addColumn('beat', 'bigint', required)
    .execute();
}

type Row = {
  case_id: string;
  seq: number;
  type: string;
  actor: string | null;
  at: number;
  data: string;
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function chain(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('case_events').addColumn('data_hash', 'text').execute();
  await db.schema.alterTable('case_events').addColumn('hash', 'text').execute();
  let last = { case_id: '', seq: 0, hash: '' };
  for (;;) {
    const { rows } = await sql<Row>`select case_id, seq, type, actor, at, data from case_events
      where (case_id, seq) > (${last.case_id}, ${last.seq}) order by case_id, seq limit ${BATCH}`.execute(db);
    if (rows.length === 0) return;
    const filled = rows.map((row) => {
      const previous = row.case_id === last.case_id ? last.hash : '';
      const dataHash = sha256(row.data);
      // As features/cases/chain.ts at the time of this migration; it stays as it is.
      const fields = [previous, row.case_id, Number(row.seq), row.type, row.actor, Number(row.at), dataHash];
      last = { case_id: row.case_id, seq: Number(row.seq), hash: sha256(JSON.stringify(fields)) };
      return sql`(${row.case_id}, cast(${row.seq} as integer), ${dataHash}, ${last.hash})`;
    });
    await sql`update case_events set data_hash = filled.column3, hash = filled.column4
      from (values ${sql.join(filled)}) as filled
      where case_events.case_id = filled.column1 and case_events.seq = filled.column2`.execute(db);
  }
}

async function statistics({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('case_statistics')
    .addColumn('clinic_id', 'text', (column) => column.notNull().references('clinics.id'))
    .addColumn('day', 'text', required)
    .addColumn('species', 'text', required)
    .addColumn('created', 'integer', zero)
    .addColumn('signed', 'integer', zero)
    .addColumn('deleted', 'integer', zero)
    .addColumn('restored', 'integer', zero)
    .addColumn('outcomes', 'integer', zero)
    .addPrimaryKeyConstraint('case_statistics_key', ['clinic_id', 'day', 'species'])
    .execute();
  await schema
    .createTable('counted_cases')
    .addColumn('case_id', 'text', (column) => column.primaryKey())
    .addColumn('clinic_id', 'text', (column) => column.notNull().references('clinics.id'))
    .addColumn('species', 'text', required)
    .addColumn('last_seq', 'integer', required)
    .execute();
  await schema.createIndex('counted_cases_clinic').on('counted_cases').column('clinic_id').execute();
}
