/** AMQP_URL: where the broker is, and what of it belongs to this installation. */
import { readFileSync } from 'node:fs';

export type RabbitAddress = {
  /** For amqplib. */
  url: string;
  /** For `tls.connect`; null trusts what the system trusts. */
  ca: string | null;
  /** Begins the name of everything that is declared, so that installations can share a broker. */
  prefix: string;
  /**
   * `quorum` keeps a queue on several nodes of a cluster. One node alone is better off with `classic`: killed within
   * seconds after a quorum queue was declared, RabbitMQ 3.10 comes back with a queue that answers nobody.
   */
  queues: 'classic' | 'quorum';
};

export class AmqpUrlError extends Error {
  override readonly name = 'AmqpUrlError';
}

/** A connection that says nothing for two of them is dead. */
const HEARTBEAT_S = 5;

/**
 * Takes `?prefix=`, `?queues=` and `?cacertfile=` out of the URL and turns heartbeats on.
 * @throws AmqpUrlError that says what is wrong without quoting it, after the name of its setting
 */
export function parseAmqpUrl(value: string): RabbitAddress {
  const url = new URL(value);
  const prefix = url.searchParams.get('prefix') ?? 'mozarela';
  if (!/^[\w-]{1,60}$/.test(prefix))
    throw new AmqpUrlError('has a prefix that is not 1-60 letters, digits, "-" or "_"');
  const queues = url.searchParams.get('queues') ?? 'classic';
  if (queues !== 'classic' && queues !== 'quorum')
    throw new AmqpUrlError('has queues that are neither classic nor quorum');
  const caFile = url.searchParams.get('cacertfile');
  for (const own of ['prefix', 'queues', 'cacertfile']) url.searchParams.delete(own);
  if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', String(HEARTBEAT_S));
  return { url: url.href, ca: caFile === null ? null : readCertificate(caFile), prefix, queues };
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new AmqpUrlError('names a cacertfile that cannot be read');
  }
}
