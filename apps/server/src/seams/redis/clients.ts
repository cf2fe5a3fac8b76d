/** Connections to a Redis of any shape, with the options that each use needs. */
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisTarget } from './url.ts';

export type RedisClient = Redis | Cluster;

const CONNECT_TIMEOUT_MS = 2_000;
/** A server that answers nothing for so long is given up, though its connection still stands: it may be another's. */
const SILENCE_MS = 3_000;

const backOff = (times: number): number => Math.min(50 * 2 ** Math.min(times, 5), 1_000);

/** After a fail-over the old master refuses writes: the new one is found by connecting again. */
const reconnectOnError = (error: Error): boolean => error.message.startsWith('READONLY');

function commonOptions(target: RedisTarget): RedisOptions {
  const { username, password, tls } = target;
  return {
    ...(username && { username }),
    ...(password && { password }),
    ...(tls && { tls }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectOnError,
  };
}

function connect(target: RedisTarget, own: RedisOptions): RedisClient {
  const { shape, hosts, masterName, db, tls, sentinelUsername, sentinelPassword } = target;
  const options = { ...commonOptions(target), ...own };
  const { enableOfflineQueue = true, enableAutoPipelining = false, ...redisOptions } = options;
  if (shape === 'cluster')
    return new Cluster(hosts, {
      redisOptions,
      enableOfflineQueue,
      enableAutoPipelining,
      clusterRetryStrategy: backOff,
      slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
      // Resolved here, a name would not be there any more for its certificate to be compared with.
      ...(tls && { dnsLookup: (address, callback) => callback(null, address) }),
    });
  const place: RedisOptions =
    shape === 'single'
      ? hosts[0]!
      : {
          sentinels: hosts,
          name: masterName,
          sentinelRetryStrategy: backOff,
          sentinelCommandTimeout: CONNECT_TIMEOUT_MS,
          ...(sentinelUsername && { sentinelUsername }),
          ...(sentinelPassword && { sentinelPassword }),
          ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: tls }),
        };
  return new Redis({ ...options, ...place, db, retryStrategy: backOff });
}

/** @param onError hears what goes wrong with the connection; without a listener it would end the process */
function listened(client: RedisClient, onError: (error: Error) => void): RedisClient {
  return client.on('error', onError);
}

/** For short commands that are given up at once when Redis is not there; those of one turn travel together. */
export const commandClient = (target: RedisTarget, onError: (error: Error) => void): RedisClient =>
  listened(
    connect(target, {
      enableOfflineQueue: false,
      enableAutoPipelining: true,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      socketTimeout: SILENCE_MS,
    }),
    onError,
  );

/** For subscriptions: subscribes again whenever it is connected again. */
export const subscriberClient = (target: RedisTarget, onError: (error: Error) => void): RedisClient =>
  listened(connect(target, { maxRetriesPerRequest: null, socketTimeout: SILENCE_MS }), onError);

/** For BullMQ, which waits for as long as Redis is away; the caller ends it with `disconnect()`. */
export const queueClient = (target: RedisTarget, onError: (error: Error) => void): RedisClient =>
  listened(connect(target, { maxRetriesPerRequest: null }), onError);

/** BullMQ's `prefix`: a hash tag, as all keys of a queue must lie on one node of a Cluster. */
export const queuePrefix = ({ prefix }: RedisTarget): string => `{${prefix}}`;
