/** The database as features see it: Kysely executors, transactions and the few things dialects do differently. */
import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Queries take one of these explicitly, so that none escapes the transaction of its caller. */
export type Executor = Kysely<Schema> | Transaction<Schema>;

export type SearchIndex = {
  /** Replaces what the case is found by. */
  put(trx: Executor, row: { num: number; clinicId: string; text: string }): Promise<void>;
  /** A condition on `cases`: within the clinic, every word occurs, the last one as a prefix. Null: no word in `q`. */
  matches(clinicId: string, q: string): RawBuilder<boolean> | null;
};

export type Database = {
  readonly name: string;
  /** For reads. */
  readonly read: Kysely<Schema>;
  /** All or nothing; writes of different transactions never interleave. */
  transaction<Result>(work: (trx: Transaction<Schema>) => Promise<Result>): Promise<Result>;
  readonly search: SearchIndex;
  /** Brings the schema up to date; safe when several processes start at once. */
  migrate(): Promise<void>;
  /** A round trip. */
  ping(): Promise<void>;
  /** True when the error says that a unique key was taken. */
  isUniqueViolation(error: unknown): boolean;
  close(): Promise<void>;
};
