/** Hints within one process. */
import { channels, type Listener } from './channels.ts';
import type { Live } from './port.ts';

/** @param failed hears what a listener throws */
export function memoryLive(failed: (error: unknown) => void = () => {}): Live {
  const listeners = channels(failed);
  return {
    adapter: 'memory',
    publish: async (channel, message) => listeners.tell(channel, message),
    async subscribe(channel, heard, missed = () => {}) {
      const listener: Listener = { heard, missed };
      listeners.add(channel, listener);
      return async () => void listeners.remove(channel, listener);
    },
    ping: async () => {},
    close: async () => listeners.clear(),
  };
}
