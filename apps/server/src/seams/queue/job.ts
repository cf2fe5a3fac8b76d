/**
 * Background work as features see it. A job is a definition, apart from its handler, so that asking for work never
 * loads what does it. Its row is written in the caller's transaction and is the truth about it.
 */
import type { z } from 'zod';
import type { Executor, Scope } from '../database/port.ts';

export type JobDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> = {
  /** `feature.verb`; stored with every job, so it is never renamed. */
  type: Type;
  /** Ids, never case content. Parsed when the job is taken up, which may be by a later version of the program. */
  payload: Schema;
  /** How often it is tried, however it ends, before it is given up as dead. */
  maxAttempts: number;
  /** 1 is first, 10 last. */
  priority: number;
  /** One attempt is aborted after that long. */
  timeoutMs: number;
  /** The pause before the nth retry is random, up to firstMs * 2^(n-1), at most maxMs. */
  backoff: { firstMs: number; maxMs: number };
  /** Whose data its last write touches; a scope of its own when absent. */
  scope?(payload: z.output<Schema>): Scope;
};

/** Keeps the literal types of a definition, so that handlers and callers are typed by it. */
export const defineJob = <const Type extends string, Schema extends z.ZodType>(
  definition: JobDefinition<Type, Schema>,
): JobDefinition<Type, Schema> => definition;

/** One attempt at a job, as its handler sees it. */
export type JobRun<Payload = unknown> = {
  id: string;
  /** From 1. */
  attempt: number;
  payload: Payload;
  /** Aborted by a timeout, a cancellation, a stop of the process, or when another worker took over. */
  signal: AbortSignal;
  /** Percent; told on the live channel `job:<id>`. */
  progress(percent: number): Promise<void>;
  /**
   * Writes the result and completes the job in one transaction, so that it happens exactly once. Nothing but queries
   * inside. Optional: a handler that returns without it completes its job too.
   * @throws JobLost when the job is no longer this attempt's
   */
  finish<T>(work: (trx: Executor) => Promise<T>): Promise<T>;
};

export type JobHandler<Payload = unknown> = {
  run(job: JobRun<Payload>): Promise<void>;
  /** What else to write in the transaction that gives the job up. `reason` holds no case text. */
  died?(trx: Executor, payload: Payload, reason: string): Promise<void>;
  /** After that transaction. */
  afterDeath?(payload: Payload): Promise<void>;
};

export type PayloadOf<Definition extends JobDefinition> = z.output<Definition['payload']>;

/** The attempt's job was cancelled, or given to another worker: whatever it found must not be written. */
export class JobLost extends Error {
  constructor() {
    super('the job is no longer this attempt’s');
    this.name = 'JobLost';
  }
}

/** How a handler says more than "it failed". The message is kept with the job: no case text in it. */
export class JobError extends Error {
  /** `retry` after the usual pause, `never`, or `later`: after `delayMs`, without costing an attempt. */
  readonly next: 'retry' | 'never' | 'later';
  readonly delayMs: number | null;
  constructor(
    message: string,
    { next = 'retry', delayMs, cause }: { next?: JobError['next']; delayMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'JobError';
    this.next = next;
    this.delayMs = delayMs ?? null;
  }
}

export type EnqueueOptions = {
  /** Milliseconds since 1970; at once when absent. */
  runAt?: number;
  /** At most one job with this key, ever. */
  uniqueKey?: string;
  priority?: number;
};

/** What a transaction may do with jobs. */
export type JobWriter = {
  /** Asks for work; answers the job's id, or null when its unique key is taken. */
  enqueue<Definition extends JobDefinition>(
    definition: Definition,
    payload: z.input<Definition['payload']>,
    options?: EnqueueOptions,
  ): Promise<string | null>;
  /** Cancels the job with this key if it waits or runs; answers whether it did. */
  cancel(uniqueKey: string): Promise<boolean>;
  /** Makes the job with this key due now, if it waits for a later time; answers whether it did. */
  hasten(uniqueKey: string): Promise<boolean>;
};

export type Jobs = {
  /** A transaction that may ask for work: after its commit the ids go to the carrier, and running handlers hear of cancellations. */
  write<T>(scope: Scope, work: (trx: Executor, jobs: JobWriter) => Promise<T>): Promise<T>;
};
