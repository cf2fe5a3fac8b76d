/**
 * Hints between all instances, through Redis: published on the connection for short commands, heard on one connection
 * for each process. What a process publishes to itself every few seconds proves that it hears.
 */
import { newId } from '../../ids.ts';
import type { Log } from '../../telemetry/log.ts';
import { type RedisClient, subscriberClient } from '../redis/clients.ts';
import type { RedisServer } from '../redis/connect.ts';
import { channels, type Listener } from './channels.ts';
import type { Live } from './port.ts';

const PROOF_EVERY_MS = 5_000;
const PROOF_WITHIN_MS = 2_000;
/** Who subscribes does not wait longer; the subscription is made as soon as Redis is there. */
const SUBSCRIBED_WITHIN_MS = 1_000;

/** Waits for an end, good or bad, but not longer. */
async function settled(work: Promise<unknown>, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => setImmediate(() => resolve(false)), withinMs);
  });
  const ended = work.then(
    () => true,
    () => false,
  );
  const good = await Promise.race([ended, tooLate]);
  clearTimeout(timer);
  return good;
}

export function redisLive(server: RedisServer, log: Log): Live {
  server.retain();
  const listeners = channels(log);
  const ownChannel = server.key(`live:${newId()}`);
  const proofs = new Map<string, () => void>();
  const subscribing = new Map<string, Promise<boolean>>();
  let subscriber: RedisClient | undefined;
  let ready: Promise<unknown> = Promise.resolve();
  let hadOne = false;

  function open(): RedisClient {
    const client = subscriberClient(server.target, () => {});
    client.on('message', (name: string, message: string) => {
      if (name === ownChannel) proofs.get(message)?.();
      else listeners.tell(name, message);
    });
    // Subscribing again is not left to the library: listeners look only after it is done.
    client.on('ready', () => {
      if (client !== subscriber) return;
      const gap = hadOne;
      hadOne = true;
      ready = client.subscribe(ownChannel, ...listeners.names()).then(() => gap && listeners.tellMissed());
      ready.catch(() => {});
    });
    ready = new Promise((resolve) => client.once('ready', resolve)).then(() => ready);
    return client;
  }
  const connected = (): RedisClient => {
    subscriber ??= open();
    return subscriber;
  };
  const replace = (): void => {
    const old = subscriber;
    subscriber = open();
    old?.disconnect();
  };

  /** @throws when what is published is not heard */
  async function prove(): Promise<void> {
    connected();
    await settled(ready, SUBSCRIBED_WITHIN_MS);
    const proof = newId();
    const heard = new Promise<void>((resolve) => proofs.set(proof, resolve));
    try {
      await server.ask((client) => client.publish(ownChannel, proof));
      if (!(await settled(heard, PROOF_WITHIN_MS))) throw new Error('what is published is not heard');
    } finally {
      proofs.delete(proof);
    }
  }

  const proving = setInterval(() => {
    if (!subscriber) return;
    prove().catch(() => {
      // A lost Redis is waited for; one that answers, but not to this connection, needs another connection.
      if (subscriber && !server.lost) replace();
    });
  }, PROOF_EVERY_MS);
  proving.unref();

  return {
    adapter: `redis ${server.target.shape}`,
    async publish(channel, message) {
      const name = server.key(channel);
      try {
        await server.ask((client) => client.publish(name, message));
      } catch {
        listeners.tell(name, message);
      }
    },
    async subscribe(channel, heard, missed = () => {}) {
      const name = server.key(channel);
      const listener: Listener = { heard, missed };
      const client = connected();
      if (listeners.add(name, listener)) {
        const done = settled(client.subscribe(name), SUBSCRIBED_WITHIN_MS);
        subscribing.set(name, done);
        void done.then(() => subscribing.get(name) === done && subscribing.delete(name));
      }
      await subscribing.get(name);
      return async () => {
        if (listeners.remove(name, listener) && subscriber)
          await settled(subscriber.unsubscribe(name), SUBSCRIBED_WITHIN_MS);
      };
    },
    ping: prove,
    async close() {
      clearInterval(proving);
      listeners.clear();
      subscriber?.disconnect();
      subscriber = undefined;
      server.close();
    },
  };
}
