/**
 * Carries ids of jobs to whoever works. The job row in the database is the truth: a carrier may lose, delay or
 * repeat an id, and the row decides whether there is anything to do.
 */
export type Carried = {
  jobId: string;
  /** How often the job was taken up before. A carrier may drop an id that it carries already for the same turn. */
  turn: number;
  /** 1 is first, 10 last. */
  priority: number;
  /** Not before that many milliseconds. */
  delayMs: number;
};

export type Carrier = {
  readonly adapter: string;
  /**
   * After the transaction that wrote the rows.
   * @throws within seconds when the carrier cannot be reached
   */
  send(jobs: Carried[]): Promise<void>;
  /** Takes ids, at most `concurrency` at a time, and hands them to `work`, which must not throw. */
  consume(
    work: (jobId: string) => Promise<void>,
    options: { concurrency: number },
  ): Promise<{ /** Takes nothing new and waits for what is under way. */ stop(): Promise<void> }>;
  /** What waits to be carried, as far as the carrier knows. */
  depth(): Promise<{ waiting: number; delayed: number; active: number }>;
  /** @throws when the carrier cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
};
