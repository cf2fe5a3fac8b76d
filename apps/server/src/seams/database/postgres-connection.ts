/** Connections to one PostgreSQL server or to PgBouncer: pools for work, single ones for looking after a server. */
import { Client, type ClientConfig, Pool, type PoolClient, types } from 'pg';

/** A host that is gone must be noticed well before people give up. */
const CONNECT_TIMEOUT_MS = 2_500;
/** How much longer than the server the client waits for a statement to end. */
const CLIENT_PATIENCE_MS = 1_000;
const IDLE_MS = 30_000;
/** So that connections spread again after a server was added or came back. */
const LIFETIME_SECONDS = 30 * 60;

const INT8 = 20;
const NUMERIC = 1700;
/** Times and counts stay far below 2^53; the sum of counts is NUMERIC. */
const NUMBERS = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC
      ? Number
      : format === 'binary'
        ? types.getTypeParser(oid, format)
        : types.getTypeParser(oid)) as typeof types.getTypeParser,
};

const shared = (url: string): ClientConfig => ({
  connectionString: url,
  application_name: 'mozarela',
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: 5_000,
  types: NUMBERS,
});

export type ServerOptions = {
  url: string;
  poolSize: number;
  statementTimeoutMs: number;
  /** PgBouncer refuses start-up parameters: only a direct connection can carry the time limit. */
  direct: boolean;
};

/** A pool whose connections may break at any time without ending the process. */
export type Server = {
  pool: Pool;
  /** Breaks all connections that are in use, so that who waits on a server that hangs goes elsewhere. */
  abort(): void;
  close(): Promise<void>;
};

export function openServer({ url, poolSize, statementTimeoutMs, direct }: ServerOptions): Server {
  const pool = new Pool({
    ...shared(url),
    max: poolSize,
    idleTimeoutMillis: IDLE_MS,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    query_timeout: statementTimeoutMs + CLIENT_PATIENCE_MS,
    ...(direct && { statement_timeout: statementTimeoutMs }),
  });
  const busy = new Set<PoolClient>();
  // The query that fails reports it; an idle connection that breaks is simply replaced.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('acquire', (client) => busy.add(client));
  pool.on('release', (_error, client) => busy.delete(client));
  return {
    pool,
    abort() {
      for (const client of busy) void (client as unknown as Client).end();
    },
    close: () => pool.end(),
  };
}

/** One connection for a question now and then, apart from the pools and their queues. */
export type Probe = {
  /** Asks, connecting if need be; questions wait for each other. Fails after `timeoutMs`. */
  ask<Row extends Record<string, unknown>>(text: string): Promise<Row>;
  close(): Promise<void>;
};

/** @param onLost when an open connection breaks: what was known of the server may no longer hold */
export function openProbe(url: string, timeoutMs: number, onLost: () => void = () => {}): Probe {
  let client: Client | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function connected(): Promise<Client> {
    if (client) return client;
    const fresh = new Client({
      ...shared(url),
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
    });
    fresh.on('error', () => {});
    await fresh.connect();
    client = fresh;
    fresh.once('end', () => {
      if (client !== fresh) return;
      client = null;
      onLost();
    });
    return fresh;
  }

  function drop(): void {
    const lost = client;
    client = null;
    lost?.end().catch(() => {});
  }

  return {
    ask<Row extends Record<string, unknown>>(text: string) {
      const answer = last.then(async () => {
        const open = await connected();
        try {
          return (await open.query<Row>(text)).rows[0]!;
        } catch (error) {
          drop();
          throw error;
        }
      });
      last = answer.catch(() => {});
      return answer;
    },
    async close() {
      await last;
      drop();
    },
  };
}

/** A connection for migrations: without any time limit. */
export const directClient = (url: string): Client => {
  const client = new Client(shared(url));
  client.on('error', () => {});
  return client;
};
