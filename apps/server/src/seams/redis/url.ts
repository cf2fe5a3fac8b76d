/** One URL says everything about the Redis of an installation: servers, shape, TLS, passwords, prefix of the keys. */
import { readFileSync } from 'node:fs';

export type RedisTarget = {
  shape: 'single' | 'sentinel' | 'cluster';
  /** Of the server, the Sentinels, or some nodes of the Cluster. */
  hosts: { host: string; port: number }[];
  /** What the Sentinels call the group; empty for other shapes. */
  masterName: string;
  username: string | undefined;
  password: string | undefined;
  sentinelUsername: string | undefined;
  sentinelPassword: string | undefined;
  db: number;
  /** Null: plain text. Else the server's certificate and name are verified, against `ca` when there is one. */
  tls: { ca?: string } | null;
  /** Stands before every key and channel, so that installations can share a Redis. No braces: hash tags are ours. */
  prefix: string;
};

/** The message says what is wrong and never quotes the URL. */
export class RedisUrlError extends Error {
  override readonly name = 'RedisUrlError';
}

const FORM =
  /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^/?#]*))?(?:\?([^#]*))?$/;
const PARAMETERS = ['ca', 'db', 'prefix', 'sentinelPassword', 'sentinelUsername'];
const DEFAULT_PREFIX = 'mozarela';
const DEFAULT_PORTS = { single: 6379, sentinel: 26379, cluster: 6379 };

function hostOf(text: string, defaultPort: number): RedisTarget['hosts'][number] {
  const url = URL.parse(`http://${text}`);
  if (!url || !/(:\d+)?$/.test(text)) throw new RedisUrlError('has a host that cannot be read');
  const port = /:(\d+)$/.exec(text)?.[1];
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: port ? Number(port) : defaultPort };
}

function decode(text: string | undefined): string | undefined {
  try {
    return text ? decodeURIComponent(text) : undefined;
  } catch {
    throw new RedisUrlError('has a user or password that is not percent-encoded');
  }
}

function databaseOf(shape: RedisTarget['shape'], path: string, parameter: string | null): number {
  const text = parameter ?? (shape === 'sentinel' ? '' : path);
  if (!/^\d{0,4}$/.test(text)) throw new RedisUrlError('has a database that is not a number');
  if (shape === 'cluster' && Number(text) !== 0)
    throw new RedisUrlError('names a database, but a Cluster has only one');
  return Number(text);
}

function authorityOf(file: string | null): { ca?: string } {
  if (!file) return {};
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch {
    throw new RedisUrlError('names a ca file that cannot be read');
  }
}

/**
 * Reads `redis://:password@host:port/db`, `redis+sentinel://:password@h1:p1,h2:p2/master`,
 * `redis+cluster://:password@h1:p1,h2:p2`, each with TLS as `rediss...`, and the parameters `ca`, `db`, `prefix`,
 * `sentinelUsername`, `sentinelPassword`.
 * @throws RedisUrlError
 */
export function parseRedisUrl(url: string): RedisTarget {
  const [, scheme, form, user = '', hosts = '', path = '', query] = FORM.exec(url) ?? [];
  if (!scheme)
    throw new RedisUrlError('cannot be read: reserved characters of a password are written as %xx');
  const shape = (form ?? 'single') as RedisTarget['shape'];
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].filter((name) => !PARAMETERS.includes(name));
  if (unknown.length > 0) throw new RedisUrlError(`takes only the parameters ${PARAMETERS.join(', ')}`);
  const list = hosts.split(',').map((host) => hostOf(host, DEFAULT_PORTS[shape]));
  if (shape === 'single' && list.length > 1)
    throw new RedisUrlError('names several hosts: write redis+sentinel:// or redis+cluster://');
  if (shape === 'sentinel' && !path) throw new RedisUrlError('needs the name of the master: /name');
  const prefix = parameters.get('prefix') ?? DEFAULT_PREFIX;
  if (!/^[\w.-]{1,40}$/.test(prefix))
    throw new RedisUrlError('has a prefix with other than letters and digits');
  const [username, ...password] = user.split(':');
  return {
    shape,
    hosts: list,
    masterName: shape === 'sentinel' ? (decode(path) ?? '') : '',
    username: decode(username),
    password: decode(password.join(':')),
    sentinelUsername: parameters.get('sentinelUsername') ?? undefined,
    sentinelPassword: parameters.get('sentinelPassword') ?? undefined,
    db: databaseOf(shape, path, parameters.get('db')),
    tls: scheme === 'rediss' ? authorityOf(parameters.get('ca')) : null,
    prefix,
  };
}
