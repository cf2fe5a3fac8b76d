/** The cache of all instances, in Redis. */
import type { RedisServer } from '../redis/connect.ts';
import type { Cache } from './port.ts';

export function redisCache(server: RedisServer): Cache {
  server.retain();
  const { ask, key: named } = server;
  return {
    adapter: `redis ${server.target.shape}`,
    get brokenAt() {
      return server.brokenAt;
    },
    get: (key) => ask((client) => client.get(named(key))),
    async set(key, value, ttlMs) {
      await ask((client) => client.set(named(key), value, 'PX', Math.ceil(ttlMs)));
    },
    async add(key, value, ttlMs) {
      return (await ask((client) => client.set(named(key), value, 'PX', Math.ceil(ttlMs), 'NX'))) === 'OK';
    },
    async delete(key) {
      await ask((client) => client.del(named(key)));
    },
    async ping() {
      await ask((client) => client.get(named('ping')));
    },
    close: async () => server.close(),
  };
}
