/** What a URL of PostgreSQL may say, so that a mistake is named before anything is connected. */
import { accessSync, constants } from 'node:fs';

/** What certificate checks a URL may ask for; the other modes of libpq mean something else in this driver. */
const SSL_MODES = new Set(['disable', 'no-verify', 'verify-full']);

export class PostgresUrlError extends Error {
  override readonly name = 'PostgresUrlError';
}

/** @throws PostgresUrlError that says what is wrong with the URL, without quoting it, after the name of its setting */
export function checkPostgresUrl(url: string): void {
  const parsed = URL.parse(url);
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol))
    throw new PostgresUrlError(
      'must be a postgres:// URL: reserved characters of a password are written as %xx',
    );
  if (parsed.hostname.includes(','))
    throw new PostgresUrlError(
      'must name one host: a pooler or a name that follows the primary takes several',
    );
  const mode = parsed.searchParams.get('sslmode');
  if (mode !== null && !SSL_MODES.has(mode))
    throw new PostgresUrlError('must have the sslmode verify-full (with sslrootcert), no-verify or disable');
  const authority = parsed.searchParams.get('sslrootcert');
  if (authority === null) return;
  if (mode !== 'verify-full') throw new PostgresUrlError('has sslrootcert, which needs sslmode=verify-full');
  try {
    accessSync(authority, constants.R_OK);
  } catch {
    throw new PostgresUrlError('names an sslrootcert file that cannot be read');
  }
}
