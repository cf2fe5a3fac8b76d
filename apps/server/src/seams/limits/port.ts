/** Counting of requests in fixed windows. Every method is one atomic step, so that limits hold across instances. */

export type Bucket = {
  /** Who is counted, for what: `api:user:<id>`. */
  key: string;
  max: number;
  windowMs: number;
};

export type BucketState = { allowed: boolean; limit: number; remaining: number; resetMs: number };

export type Limits = {
  readonly adapter: string;
  /**
   * Counts one hit in every bucket if all of them have room, else in none.
   * A window starts with its first hit. The answer has one state a bucket, in order.
   */
  hit(buckets: Bucket[]): Promise<BucketState[]>;
  /** Takes a hit back in every bucket, for what turned out not to count (a login that succeeded). */
  giveBack(buckets: Bucket[]): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
};
