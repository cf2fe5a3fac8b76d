/** Tells the world what happened to cases: ids and kinds only, the content stays in the database. */
export type CaseNotice = {
  caseId: string;
  /** Number of the event within its case: with `caseId` it names the event, so that a repeat can be recognised. */
  seq: number;
  clinicId: string;
  type: string;
  /** Milliseconds since 1970. */
  at: number;
  /** True when it may have been told before: the confirmation got lost. */
  repeated: boolean;
};

export type EventBus = {
  readonly adapter: string;
  /** Resolves when all are safe with the bus. Notices of one case are delivered in the order of their numbers. */
  publish(notices: CaseNotice[]): Promise<void>;
  /**
   * Delivers every notice at least once to one consumer of the name, in order within a case. What `handle` rejects
   * is delivered again.
   */
  consume(name: string, handle: (notice: CaseNotice) => Promise<void>): Promise<{ stop(): Promise<void> }>;
  /** @throws when the bus cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
};
