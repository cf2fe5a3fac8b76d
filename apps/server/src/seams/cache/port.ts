/**
 * Short-lived copies of what can be derived again, each with a time to live. A cache that cannot be reached throws
 * within a fraction of a second; callers then do without.
 */
export type Cache = {
  readonly adapter: string;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Sets only what is not there; answers whether it did. One atomic step on every instance. */
  add(key: string, value: string, ttlMs: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** @throws when the cache cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
};
