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
  /** The states without counting: `allowed` says whether a hit would find room. */
  look(buckets: Bucket[]): Promise<BucketState[]>;
  ping(): Promise<void>;
  close(): Promise<void>;
};
