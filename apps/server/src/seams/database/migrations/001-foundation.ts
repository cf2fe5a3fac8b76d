/** Accounts, cases, analyses, jobs, protocols. Runs unchanged on every database. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';

type Column = ColumnDefinitionBuilder;

const key = (column: Column) => column.primaryKey();
const required = (column: Column) => column.notNull();
const references = (target: string) => (column: Column) => column.notNull().references(target);
const mayReference = (target: string) => (column: Column) => column.references(target);

export async function up(db: Kysely<unknown>): Promise<void> {
  await accounts(db);
  await cases(db);
  await work(db);
  await protocols(db);
}

async function accounts({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('clinics')
    .addColumn('id', 'text', key)
    .addColumn('name', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .execute();
  await schema
    .createTable('users')
    .addColumn('id', 'text', key)
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('full_name', 'text', required)
    .addColumn('password_hash', 'text')
    .addColumn('is_admin', 'integer', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .addColumn('last_seen_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .execute();
  await schema
    .createTable('memberships')
    .addColumn('clinic_id', 'text', references('clinics.id'))
    .addColumn('user_id', 'text', references('users.id'))
    .addColumn('role', 'text', (column) => column.notNull().check(sql`role in ('owner', 'vet', 'nurse')`))
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('memberships_key', ['clinic_id', 'user_id'])
    .execute();
  await schema.createIndex('memberships_user').on('memberships').column('user_id').unique().execute();
  await schema
    .createTable('sessions')
    .addColumn('id', 'text', key)
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('user_id', 'text', references('users.id'))
    .addColumn('device', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('last_used_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .execute();
  await schema.createIndex('sessions_user').on('sessions').columns(['user_id', 'id']).execute();
  await schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute();
  await schema
    .createTable('password_resets')
    .addColumn('id', 'text', key)
    .addColumn('user_id', 'text', references('users.id'))
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_by', 'text', mayReference('users.id'))
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('used_at', 'bigint')
    .execute();
  await schema.createIndex('password_resets_user').on('password_resets').column('user_id').execute();
  await schema
    .createTable('installation')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('first_user', 'text', references('users.id'))
    .addColumn('created_at', 'bigint', required)
    .execute();
  await schema
    .createTable('audit')
    .addColumn('id', 'text', key)
    .addColumn('at', 'bigint', required)
    .addColumn('actor', 'text', mayReference('users.id'))
    .addColumn('action', 'text', required)
    .addColumn('target', 'text')
    .addColumn('data', 'text', required)
    .execute();
}

async function cases({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('patients')
    .addColumn('id', 'text', key)
    .addColumn('clinic_id', 'text', references('clinics.id'))
    .addColumn('name', 'text')
    .addColumn('species', 'text', required)
    .addColumn('breed', 'text')
    .addColumn('sex', 'text')
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .execute();
  await schema.createIndex('patients_clinic').on('patients').columns(['clinic_id', 'id']).execute();
  await schema
    .createTable('cases')
    .addColumn('id', 'text', key)
    .addColumn('clinic_id', 'text', references('clinics.id'))
    .addColumn('patient_id', 'text', references('patients.id'))
    .addColumn('patient_name', 'text')
    .addColumn('species', 'text', required)
    .addColumn('breed', 'text')
    .addColumn('sex', 'text')
    .addColumn('age', 'text')
    .addColumn('weight_kg', 'double precision')
    .addColumn('clinical_signs', 'text', required)
    .addColumn('lab_findings', 'text')
    .addColumn('corrections', 'text', required)
    .addColumn('status', 'text', (column) => column.notNull().check(sql`status in ('open', 'signed')`))
    .addColumn('outcome_diagnosis', 'text')
    .addColumn('created_by', 'text', references('users.id'))
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .addColumn('signed_by', 'text', mayReference('users.id'))
    .addColumn('signed_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .addColumn('version', 'integer', required)
    .execute();
  const live = (name: string, columns: string[]) =>
    schema.createIndex(name).on('cases').columns(columns).where(sql.ref('deleted_at'), 'is', null).execute();
  await live('cases_newest', ['clinic_id', 'id']);
  await live('cases_species', ['clinic_id', 'species', 'id']);
  await live('cases_patient', ['patient_id', 'id']);
  await schema
    .createIndex('cases_deleted')
    .on('cases')
    .column('deleted_at')
    .where(sql.ref('deleted_at'), 'is not', null)
    .execute();
  await schema
    .createTable('case_events')
    .addColumn('case_id', 'text', required)
    .addColumn('seq', 'integer', required)
    .addColumn('clinic_id', 'text', references('clinics.id'))
    .addColumn('type', 'text', required)
    .addColumn('actor', 'text', mayReference('users.id'))
    .addColumn('at', 'bigint', required)
    .addColumn('data', 'text', required)
    .addPrimaryKeyConstraint('case_events_key', ['case_id', 'seq'])
    .execute();
  await schema
    .createTable('addenda')
    .addColumn('id', 'text', key)
    .addColumn('case_id', 'text', references('cases.id'))
    .addColumn('text', 'text', required)
    .addColumn('created_by', 'text', references('users.id'))
    .addColumn('created_at', 'bigint', required)
    .execute();
  await schema.createIndex('addenda_case').on('addenda').columns(['case_id', 'id']).execute();
}

async function work({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('analyses')
    .addColumn('id', 'text', key)
    .addColumn('case_id', 'text', references('cases.id'))
    .addColumn('clinic_id', 'text', references('clinics.id'))
    .addColumn('case_version', 'integer', required)
    .addColumn('engine', 'text', required)
    .addColumn('engine_version', 'text')
    .addColumn('protocol_id', 'text')
    .addColumn('protocol_version', 'integer')
    .addColumn('model', 'text')
    .addColumn('status', 'text', required)
    .addColumn('progress', 'double precision', required)
    .addColumn('cached', 'integer', required)
    .addColumn('top', 'text', required)
    .addColumn('result', 'text')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('requested_by', 'text', mayReference('users.id'))
    .addColumn('created_at', 'bigint', required)
    .addColumn('finished_at', 'bigint')
    .execute();
  await schema.createIndex('analyses_case').on('analyses').columns(['case_id', 'id']).execute();
  await schema
    .createTable('jobs')
    .addColumn('id', 'text', key)
    .addColumn('type', 'text', required)
    .addColumn('payload', 'text', required)
    .addColumn('status', 'text', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('max_attempts', 'integer', required)
    .addColumn('run_at', 'bigint', required)
    .addColumn('worker', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('last_error', 'text')
    .addColumn('unique_key', 'text', (column) => column.unique())
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .execute();
  await schema.createIndex('jobs_due').on('jobs').columns(['status', 'run_at']).execute();
  await schema
    .createTable('idempotency_keys')
    .addColumn('user_id', 'text', references('users.id'))
    .addColumn('key', 'text', required)
    .addColumn('request_hash', 'text', required)
    .addColumn('body', 'text')
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('idempotency_keys_key', ['user_id', 'key'])
    .execute();
  await schema.createIndex('idempotency_keys_age').on('idempotency_keys').column('created_at').execute();
}

async function protocols({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('protocols')
    .addColumn('id', 'text', key)
    .addColumn('clinic_id', 'text', references('clinics.id'))
    .addColumn('name', 'text', required)
    .addColumn('version', 'integer', required)
    .addColumn('rows', 'integer', required)
    .addColumn('warnings', 'integer', required)
    .addColumn('created_by', 'text', references('users.id'))
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .addColumn('deleted_at', 'bigint')
    .execute();
  await schema.createIndex('protocols_clinic').on('protocols').columns(['clinic_id', 'id']).execute();
  await schema
    .createTable('protocol_versions')
    .addColumn('protocol_id', 'text', references('protocols.id'))
    .addColumn('version', 'integer', required)
    .addColumn('name', 'text', required)
    .addColumn('csv', 'text', required)
    .addColumn('rows', 'integer', required)
    .addColumn('warnings', 'integer', required)
    .addColumn('created_by', 'text', references('users.id'))
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('protocol_versions_key', ['protocol_id', 'version'])
    .execute();
}
