/**
 * Hints from any instance to any other: "something about this changed". Never the truth itself: one may be lost,
 * come twice or overtake another; a listener reads the database, also when it begins to listen.
 */
export type Live = {
  readonly adapter: string;
  /**
   * Never throws: a hint that cannot be passed on is heard in this process only.
   * @param channel such as `analysis:<id>`
   * @param message ids and states, never case content
   */
  publish(channel: string, message: string): Promise<void>;
  /**
   * Hears what is published from now on, on any instance; the answer ends it.
   * @param missed is told when hints may have been lost, as after a broken connection: time to look
   */
  subscribe(
    channel: string,
    listener: (message: string) => void,
    missed?: () => void,
  ): Promise<() => Promise<void>>;
  /** @throws when hints cannot be passed on */
  ping(): Promise<void>;
  close(): Promise<void>;
};
