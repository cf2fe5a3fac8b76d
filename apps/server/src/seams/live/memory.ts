/** Hints within one process. */
import type { Log } from '../../telemetry/log.ts';
import { channels, type Listener } from './channels.ts';
import type { Live } from './port.ts';

export function memoryLive(log: Log): Live {
  const listeners = channels(log);
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
