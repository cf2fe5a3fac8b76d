/** The tables, as Kysely sees them. Times are integer milliseconds, ids UUIDv7, JSON is text. */
import type { Generated, Selectable } from 'kysely';

export type Role = 'owner' | 'vet' | 'nurse';

export type Schema = {
  clinics: { id: string; name: string; created_at: number };
  users: {
    id: string;
    /** Lower case; null once the account was anonymised. */
    email: string | null;
    full_name: string;
    password_hash: string | null;
    is_admin: 0 | 1;
    clinic_id: string;
    role: Role;
    created_at: number;
    deleted_at: number | null;
  };
  sessions: {
    id: string;
    /** SHA-256 of the token, hexadecimal. */
    token_hash: string;
    csrf_token: string;
    user_id: string;
    device: string;
    created_at: number;
    last_used_at: number;
    expires_at: number;
  };
  password_resets: { token_hash: string; user_id: string; expires_at: number };
  patients: {
    id: string;
    clinic_id: string;
    name: string | null;
    species: string;
    breed: string | null;
    sex: string | null;
    created_at: number;
    updated_at: number;
  };
  cases: {
    /** Key of the full-text index. */
    num: Generated<number>;
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
    corrections: string;
    status: 'open' | 'signed';
    signed_at: number | null;
    signed_by: string | null;
    outcome: string | null;
    /** JSON of {id, engine, status, top}; written by analyses. */
    latest_analysis: string | null;
    created_by: string;
    created_at: number;
    updated_at: number;
    deleted_at: number | null;
    /** Sequence number of the last event: the optimistic lock. */
    version: number;
  };
  addenda: { id: string; case_id: string; text: string; created_by: string; created_at: number };
  /** The truth of a case: append-only. */
  case_events: { case_id: string; seq: number; type: string; actor: string; at: number; data: string };
  analyses: {
    id: string;
    case_id: string;
    clinic_id: string;
    engine: 'knowledge' | 'protocol' | 'ai';
    protocol_id: string | null;
    status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
    progress: number;
    cached: 0 | 1;
    model: string | null;
    result: string | null;
    error: string | null;
    created_by: string;
    created_at: number;
    finished_at: number | null;
  };
  protocols: {
    id: string;
    clinic_id: string;
    name: string;
    version: number;
    rows: number;
    warnings: number;
    csv: string;
    created_by: string;
    created_at: number;
    updated_at: number;
    deleted_at: number | null;
  };
  protocol_versions: {
    protocol_id: string;
    version: number;
    name: string;
    rows: number;
    csv: string;
    created_by: string;
    created_at: number;
  };
  idempotency_keys: {
    user_id: string;
    key: string;
    /** SHA-256 over route and body: the same key for something else is refused. */
    request_hash: string;
    /** Id of what the first request made. */
    resource_id: string;
    created_at: number;
  };
  audit_log: {
    id: string;
    at: number;
    actor: string;
    action: string;
    target: string | null;
    data: string;
  };
};

export type CaseRow = Selectable<Schema['cases']>;
export type UserRow = Selectable<Schema['users']>;
