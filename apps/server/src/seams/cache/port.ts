/**
 * Short-lived copies of what can be derived again, each with a time to live. A cache that cannot be reached throws
 * within a fraction of a second; callers then do without.
 */
export type Cache = {
  readonly adapter: string;
  /**
   * When this instance last saw the cache lost or come back, in milliseconds since 1970; 0: never. Writes of before,
   * of any instance, may have been undone.
   */
  readonly brokenAt: number;
  /** @param key may have a part in braces, which is then all that decides on which node of a Cluster it lies */
  get(key: string): Promise<string | null>;
  /** @param ttlMs at least 1 */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Sets only what is not there; answers whether it did. One atomic step on every instance. */
  add(key: string, value: string, ttlMs: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** @throws when the cache cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
};
