/** AMQP_URL: where the broker is, and what of it belongs to this installation. */
import { readFileSync } from 'node:fs';

export type RabbitAddress = {
  /** For amqplib. */
  url: string;
  /** For `tls.connect`; null trusts what the system trusts. */
  ca: string | null;
  /** Begins the name of everything that is declared, so that installations can share a broker. */
  prefix: string;
};

/** A connection that says nothing for two of them is dead. */
const HEARTBEAT_S = 5;

/**
 * Takes `?prefix=` and `?cacertfile=` out of the URL and turns heartbeats on.
 * @throws Error that names the setting, without its value
 */
export function parseAmqpUrl(value: string): RabbitAddress {
  const url = new URL(value);
  const prefix = url.searchParams.get('prefix') ?? 'mozarela';
  if (!/^[\w-]{1,60}$/.test(prefix))
    throw new Error('AMQP_URL: prefix must be 1-60 letters, digits, "-" or "_"');
  const caFile = url.searchParams.get('cacertfile');
  url.searchParams.delete('prefix');
  url.searchParams.delete('cacertfile');
  if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', String(HEARTBEAT_S));
  return { url: url.href, ca: caFile === null ? null : readCertificate(caFile), prefix };
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error('AMQP_URL: the file of cacertfile cannot be read');
  }
}
