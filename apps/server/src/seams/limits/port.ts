/** Counting what may happen only so often: requests, failed logins. */

export type LimitRule = { max: number; windowMs: number };

export type LimitState = {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Milliseconds until the window starts anew. */
  resetMs: number;
};

export type Limits = {
  /** Counts one event and says whether it was within the rule. Exact: of n concurrent hits at most `max` pass. */
  hit(key: string, rule: LimitRule): Promise<LimitState>;
  /** The state without counting. */
  peek(key: string, rule: LimitRule): Promise<LimitState>;
  /** Forgets what was counted. */
  reset(key: string): Promise<void>;
  close(): Promise<void>;
};
