import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** What a query runs on: a connection or an open transaction. Every query function takes one, first. */
export type Executor = Kysely<Schema>;

/**
 * Whose data is touched: a clinic's id, or ACCOUNTS. A scaled adapter may read from replicas; within one scope a
 * reader sees every write that was acknowledged before.
 */
export type Scope = string;
/** Users, sessions, clinics: always read from the primary, so that a revocation holds at once. */
export const ACCOUNTS: Scope = 'accounts';

export type SearchQuery = {
  clinicId: string;
  /** As typed. All words must occur, each at least as the beginning of a word. Case and accents do not matter. */
  text: string;
  /** Exact labels that were given to `put`, all required. */
  tags?: string[];
  /** Only cases older than this one (its id): the cursor. */
  before?: string;
  /** Made at or after, in milliseconds. */
  from?: number;
  /** Made before, in milliseconds. */
  to?: number;
  limit: number;
};

/** Full-text search over cases. Scoped: the cost depends on the clinic's own cases only. */
export type CaseSearch = {
  /** Indexes a case, or indexes it anew; in the transaction of the write. Tags: letters, digits, `:` and `-`. */
  put(
    trx: Executor,
    entry: { clinicId: string; caseId: string; text: string; tags: string[] },
  ): Promise<void>;
  remove(trx: Executor, caseId: string): Promise<void>;
  /** Ids of matching cases, newest first. Text without any word finds nothing. */
  find(executor: Executor, query: SearchQuery): Promise<string[]>;
};

/** The database could not be reached, or did not answer in time, even after retries. */
export class DatabaseUnavailable extends Error {
  /** `unknown`: the connection broke while a transaction was being committed, so it may or may not have happened. */
  readonly outcome: 'none' | 'unknown';
  constructor(outcome: 'none' | 'unknown', cause: unknown) {
    super(`the database is unavailable (outcome: ${outcome})`, { cause });
    this.name = 'DatabaseUnavailable';
    this.outcome = outcome;
  }
}

/** A later build has migrated the database: it has all that this build needs, and more that it does not know. */
export class LaterSchema extends Error {
  /** Names of what this build does not know. */
  readonly migrations: string[];
  constructor(migrations: string[]) {
    super(
      `The database was migrated by a later build (${migrations.join(', ')}). This one has nothing to add: run the later build here.`,
    );
    this.name = 'LaterSchema';
    this.migrations = migrations;
  }
}

export type Database = {
  readonly adapter: string;
  readonly search: CaseSearch;
  /** For queries that only read. */
  read(scope: Scope): Executor;
  /**
   * Runs the work in one transaction and answers its result once it is durable; any error rolls back.
   * Await nothing but queries inside: on SQLite all writes of the process wait meanwhile. The work may run again
   * from its beginning after a conflict or a lost connection, so it must change nothing but the database.
   * @throws DatabaseUnavailable, as reads do, when the database is a server that cannot be reached
   */
  write<T>(scope: Scope, work: (trx: Executor) => Promise<T>): Promise<T>;
  /**
   * Brings the schema up to date; instances that start together wait for each other. Answers what it ran.
   * @throws LaterSchema when a later build did so before; nothing has changed then
   */
  migrate(): Promise<string[]>;
  /** Numbers of the adapter by name, for measurements; what they are is the adapter's own matter. */
  stats(): Record<string, number>;
  /** @throws when the database cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
};
