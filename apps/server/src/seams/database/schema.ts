/**
 * The tables, alike on every database. Ids are UUIDv7 as text; times are milliseconds since 1970 (BIGINT), flags are
 * 0 or 1, documents are JSON text. Lists page by `id`, which sorts by time of creation.
 */
import type { Generated } from 'kysely';

type Flag = 0 | 1;
/** Milliseconds since 1970, UTC. */
type Time = number;
/** JSON as text; read and written by the feature that owns it. */
type Json = string;

export type ClinicsTable = { id: string; name: string; created_at: Time };

export type UsersTable = {
  id: string;
  /** Lower case; `deleted:<id>` once the person is anonymised. */
  email: string;
  full_name: string;
  /** PHC string of argon2id, or bcrypt until an imported person signs in; null when nobody can sign in as this person any more. */
  password_hash: string | null;
  is_admin: Flag;
  created_at: Time;
  updated_at: Time;
  last_seen_at: Time | null;
  deleted_at: Time | null;
};

/** One clinic a person, for now: a unique index says so. */
export type MembershipsTable = {
  clinic_id: string;
  user_id: string;
  role: 'owner' | 'vet' | 'nurse';
  created_at: Time;
};

export type SessionsTable = {
  id: string;
  /** SHA-256 of the token, hex. The token itself is with its owner only. */
  token_hash: string;
  user_id: string;
  /** Browser and system as people know them, from the User-Agent. */
  device: string;
  created_at: Time;
  last_used_at: Time;
  expires_at: Time;
};

export type PasswordResetsTable = {
  id: string;
  user_id: string;
  token_hash: string;
  /** Who made the link; null for the operator's command line. */
  created_by: string | null;
  created_at: Time;
  expires_at: Time;
  used_at: Time | null;
};

/** One row, written with the first account: whoever inserts it is the first. */
export type InstallationTable = { id: 1; first_user: string; created_at: Time };

export type PatientsTable = {
  id: string;
  clinic_id: string;
  name: string | null;
  species: string;
  breed: string | null;
  sex: string | null;
  created_at: Time;
  updated_at: Time;
};

/** Read table of the case events: only their projection writes it. */
export type CasesTable = {
  id: string;
  clinic_id: string;
  patient_id: string;
  patient_name: string | null;
  species: string;
  breed: string | null;
  sex: string | null;
  age: string | null;
  weight_kg: number | null;
  clinical_signs: string;
  lab_findings: string | null;
  corrections: Json;
  status: 'open' | 'signed';
  outcome_diagnosis: string | null;
  created_by: string;
  created_at: Time;
  updated_at: Time;
  signed_by: string | null;
  signed_at: Time | null;
  deleted_at: Time | null;
  /** Sequence number of the last event. */
  version: number;
};

/** The truth of a case, append-only. (case_id, seq) is the key: a stale writer fails. */
export type CaseEventsTable = {
  case_id: string;
  seq: number;
  clinic_id: string;
  type: string;
  /** User id; null for the system. */
  actor: string | null;
  at: Time;
  /** What happened; after a purge only what is left of it, with `erased`. */
  data: Json;
  /** SHA-256 of `data` as it was written, hex. */
  data_hash: string | null;
  /** Chains the events of a case: over the hash before, the columns above and `data_hash`. */
  hash: string | null;
  /** Null until the bus has confirmed it. */
  published_at: Time | null;
  /** How often it was handed to the bus: more than once means that it may have been told before. */
  publish_attempts: Generated<number>;
};

/** Who does what only one instance may do. A holder whose beat stands still is dead. */
export type LeasesTable = { name: string; holder: string | null; beat: number };

/** Read model of the case events: what happened in a clinic on a day (UTC, YYYY-MM-DD), by species. */
export type CaseStatisticsTable = {
  clinic_id: string;
  day: string;
  species: string;
  created: number;
  signed: number;
  deleted: number;
  restored: number;
  outcomes: number;
};

/** How far the events of a case are counted, so that a repeat counts nothing twice. */
export type CountedCasesTable = {
  case_id: string;
  clinic_id: string;
  /** After the last event that was counted. */
  species: string;
  last_seq: number;
};

/** Read table of the case events. */
export type AddendaTable = {
  id: string;
  case_id: string;
  text: string;
  created_by: string;
  created_at: Time;
};

/** Read table of the case events; the bytes are in the blobs. */
export type AttachmentsTable = {
  id: string;
  case_id: string;
  clinic_id: string;
  name: string;
  content_type: string;
  /** Bytes. */
  size: number;
  /** Of the bytes, hex. */
  sha256: string;
  blob_key: string;
  /** Pixels of an image; null for anything else. */
  width: number | null;
  height: number | null;
  created_by: string;
  created_at: Time;
  deleted_at: Time | null;
};

export type AnalysesTable = {
  id: string;
  case_id: string;
  clinic_id: string;
  /** Version of the case that was analysed. */
  case_version: number;
  engine: 'knowledge' | 'protocol' | 'ai';
  engine_version: string | null;
  protocol_id: string | null;
  protocol_version: number | null;
  model: string | null;
  status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** 0-100 */
  progress: number;
  cached: Flag;
  /** First few of the result, for lists: [{name, probability}]. */
  top: Json;
  result: Json | null;
  error_code: string | null;
  error_message: string | null;
  requested_by: string | null;
  created_at: Time;
  finished_at: Time | null;
  /** Ids of the files that go to the provider with the case. */
  attachments: Generated<Json>;
  /** The protocol's analysis that this one comments on. */
  comment_on: Generated<string | null>;
  /** Hash of the question that another analysis is asking right now. */
  waits_for: Generated<string | null>;
};

/** The truth about background work; a queue only carries the id. Written in the transaction that asks for the work. */
export type JobsTable = {
  id: string;
  type: string;
  payload: Json;
  status: 'queued' | 'running' | 'done' | 'dead' | 'cancelled';
  /** 1 is first, 10 last. */
  priority: number;
  attempts: number;
  max_attempts: number;
  /** Not before. */
  run_at: Time;
  /** While running: who works on it, and until when it counts as alive. */
  worker: string | null;
  lease_until: Time | null;
  /** How often it was taken up. Grows only, so that it tells an attempt from every other one. */
  claims: number;
  /** 0-100 */
  progress: number;
  /** While queued: from when on a sweep gives it to the carrier again, as it should have arrived before. */
  resend_at: Time;
  last_error: string | null;
  /** At most one job with this key, ever: for slots of a schedule. */
  unique_key: string | null;
  created_at: Time;
  updated_at: Time;
};

export type ProtocolsTable = {
  id: string;
  clinic_id: string;
  name: string;
  /** The current one of protocol_versions, from 1. */
  version: number;
  rows: number;
  warnings: number;
  created_by: string;
  created_at: Time;
  updated_at: Time;
  deleted_at: Time | null;
};

export type ProtocolVersionsTable = {
  protocol_id: string;
  version: number;
  name: string;
  csv: string;
  rows: number;
  warnings: number;
  created_by: string;
  created_at: Time;
};

/** Whether a clinic lets redacted cases go to a language model; no row: it does not. */
export type ClinicAiTable = { clinic_id: string; enabled: Flag; updated_by: string; updated_at: Time };

/** What a clinic's calls of a model came to on a UTC day. */
export type AiUsageTable = {
  /** As 2026-11-28. */
  day: string;
  clinic_id: string;
  model: string;
  /** Paid for. */
  calls: number;
  /** Answered from the cache. */
  hits: number;
  input_tokens: number;
  output_tokens: number;
  /** What the hits would have cost in tokens. */
  saved_tokens: number;
  /** Millionths of the currency that the prices are given in. */
  cost_micros: number;
};

/** Calls of a model that are open, so that a budget counts them before they are paid. */
export type AiCallsTable = {
  analysis_id: string;
  clinic_id: string;
  /** As estimated. */
  tokens: number;
  cost_micros: number;
  /** After that the worker is gone. */
  expires_at: Time;
};

/** First answers to requests with an Idempotency-Key, kept for a day. */
export type IdempotencyKeysTable = {
  user_id: string;
  key: string;
  /** SHA-256 over method, path and body, hex. */
  request_hash: string;
  /** Null until the first request has its answer. */
  body: Json | null;
  created_at: Time;
};

export type AuditTable = {
  id: string;
  at: Time;
  actor: string | null;
  action: string;
  target: string | null;
  data: Json;
};

/** What people found wrong or dangerous in the knowledge base or in an answer. */
export type ReportsTable = {
  id: string;
  clinic_id: string;
  user_id: string;
  condition_id: string | null;
  /** Not a foreign key: the report outlives a purged case. */
  analysis_id: string | null;
  text: string;
  knowledge_version: string;
  created_at: Time;
  done_at: Time | null;
  done_by: string | null;
};

/** Rows of the original system that could not be read, or not without a change: as they were. */
export type LegacyRowsTable = {
  source_table: string;
  /** The row's own id, or `rowid:<n>`. */
  row_key: string;
  /** The row as a JSON object by column; bytes as {"$base64": "..."}. Passwords are taken out. */
  raw: Json;
  /** Why, for people. */
  reason: string;
  /** The account that the row describes, where it describes one: goes when the person does. */
  user_id: string | null;
  /** The case that was made of the row, where one was: goes when the case is purged. */
  case_id: string | null;
  imported_at: Time;
};

export type Schema = {
  clinics: ClinicsTable;
  users: UsersTable;
  memberships: MembershipsTable;
  sessions: SessionsTable;
  password_resets: PasswordResetsTable;
  installation: InstallationTable;
  patients: PatientsTable;
  cases: CasesTable;
  case_events: CaseEventsTable;
  leases: LeasesTable;
  case_statistics: CaseStatisticsTable;
  counted_cases: CountedCasesTable;
  addenda: AddendaTable;
  attachments: AttachmentsTable;
  analyses: AnalysesTable;
  jobs: JobsTable;
  protocols: ProtocolsTable;
  protocol_versions: ProtocolVersionsTable;
  clinic_ai: ClinicAiTable;
  ai_usage: AiUsageTable;
  ai_calls: AiCallsTable;
  idempotency_keys: IdempotencyKeysTable;
  audit: AuditTable;
  reports: ReportsTable;
  legacy_rows: LegacyRowsTable;
};
