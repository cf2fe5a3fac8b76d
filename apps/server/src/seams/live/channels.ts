/** Who listens to what in this process. */
import { describeError, type Log } from '../../telemetry/log.ts';

export type Listener = { heard: (message: string) => void; missed: () => void };

export type Channels = {
  /** Answers whether the channel is new. */
  add(channel: string, listener: Listener): boolean;
  /** Answers whether that was the channel's last listener. */
  remove(channel: string, listener: Listener): boolean;
  tell(channel: string, message: string): void;
  tellMissed(): void;
  names(): string[];
  clear(): void;
};

/** What a listener throws is logged; the others are told all the same. */
export function channels(log: Log): Channels {
  const byName = new Map<string, Set<Listener>>();
  const each = (listeners: Iterable<Listener>, call: (listener: Listener) => void) => {
    for (const listener of [...listeners])
      try {
        call(listener);
      } catch (error) {
        log.error({ error: describeError(error) }, 'a live listener failed');
      }
  };
  return {
    add(channel, listener) {
      const known = byName.get(channel);
      if (known) known.add(listener);
      else byName.set(channel, new Set([listener]));
      return !known;
    },
    remove(channel, listener) {
      const known = byName.get(channel);
      if (!known?.delete(listener) || known.size > 0) return false;
      return byName.delete(channel);
    },
    tell: (channel, message) => each(byName.get(channel) ?? [], ({ heard }) => heard(message)),
    tellMissed() {
      for (const listeners of byName.values()) each(listeners, ({ missed }) => missed());
    },
    names: () => [...byName.keys()],
    clear: () => byName.clear(),
  };
}
