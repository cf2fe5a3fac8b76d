/**
 * Hints from any instance to any other: "something about this changed". At most once, never the truth itself: who
 * misses one reads the database, so a listener also looks when it begins to listen.
 */
export type Live = {
  readonly adapter: string;
  /** @param channel such as `analysis:<id>`; @param message ids and states, never case content */
  publish(channel: string, message: string): Promise<void>;
  /** Hears what is published from now on, on any instance; the answer ends it. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>;
  /** @throws when hints cannot be passed on */
  ping(): Promise<void>;
  close(): Promise<void>;
};
