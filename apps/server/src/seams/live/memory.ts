/** Hints within one process. */
import { EventEmitter } from 'node:events';
import type { Live } from './port.ts';

export function memoryLive(): Live {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    adapter: 'memory',
    publish: async (channel, message) => void emitter.emit(channel, message),
    async subscribe(channel, listener) {
      emitter.on(channel, listener);
      return async () => void emitter.off(channel, listener);
    },
    ping: async () => {},
    close: async () => void emitter.removeAllListeners(),
  };
}
