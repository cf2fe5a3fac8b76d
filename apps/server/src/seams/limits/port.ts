/** Counting of requests in fixed windows. Every method is one atomic step, so that limits hold across instances. */

export type Bucket = {
  /**
   * Who is counted, for what: `api:{user:<id>}`. The buckets of one call have the same part in braces, which a Redis
   * Cluster takes as an order to keep them on one node.
   */
  key: string;
  max: number;
  windowMs: number;
};

export type BucketState = { allowed: boolean; limit: number; remaining: number; resetMs: number };

/**
 * Nothing here throws. While the counter that instances share is lost, each instance counts for itself and allows half
 * of each bucket, at least one; `limit` then says so. What was counted before the loss is not known to it, nor what it
 * counts to the shared one afterwards.
 */
export type Limits = {
  readonly adapter: string;
  /** True while this instance counts for itself because the shared counter is lost. */
  readonly degraded: boolean;
  /** How many calls were answered by this instance's own counter since its start. */
  readonly fallbacks: number;
  /**
   * Counts one hit in every bucket if all of them have room, else in none.
   * A window starts with its first hit. The answer has one state a bucket, in order.
   */
  hit(buckets: Bucket[]): Promise<BucketState[]>;
  /** The states without counting: `allowed` says whether a hit would find room. */
  look(buckets: Bucket[]): Promise<BucketState[]>;
  /** @throws when the shared counter cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
};
