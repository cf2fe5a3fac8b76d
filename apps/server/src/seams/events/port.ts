/** Tells the world what happened to cases: ids and kinds only, the content stays in the database. */
export type CaseNotice = {
  caseId: string;
  /** Number of the event within its case: with `caseId` it names the event, so that a repeat can be recognised. */
  seq: number;
  clinicId: string;
  type: string;
  /** Milliseconds since 1970. */
  at: number;
  /** True when it may have been told before: a confirmation or an acknowledgement got lost. */
  repeated: boolean;
};

/** The live channel on which a write hints that there is something for the bus. */
export const OUTBOX_CHANNEL = 'outbox';

export type Handle = (notice: CaseNotice) => Promise<void>;

export type EventBus = {
  readonly adapter: string;
  /**
   * Resolves when all are safe with the bus. Notices of one case are delivered in the order of their numbers.
   * @throws when that is not certain, some of them may have got through; also when nobody has ever listened
   */
  publish(notices: CaseNotice[]): Promise<void>;
  /**
   * Delivers every notice at least once, in order within a case, to one consumer of the name at a time, whichever
   * process it is in. From the first call on the bus keeps for the name what is published, also while nobody
   * listens. What `handle` rejects is delivered again, before anything later; what it rejects too often is set aside
   * and reported to the log.
   */
  consume(
    name: string,
    handle: Handle,
  ): Promise<{ /** Takes nothing new and waits for what is under way. */ stop(): Promise<void> }>;
  /** @throws when the bus cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
};
