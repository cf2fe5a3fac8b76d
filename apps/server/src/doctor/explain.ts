/** What went wrong with a part, in words that an operator can act on. */

/** By code of the system, of PostgreSQL (SQLSTATE), or of TLS. */
const CODES: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at that address and port',
  ECONNRESET: 'the other side ended the connection',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'there was no answer',
  EHOSTUNREACH: 'the host cannot be reached',
  EACCES: 'this user may not use that file or folder',
  EROFS: 'that file system can only be read',
  ENOSPC: 'the disk is full',
  '28P01': 'the password is wrong',
  '28000': 'the user is not allowed in',
  '3D000': 'that database does not exist',
  '42P01': 'the tables are not there: run `migrate`',
  '42501': 'the user may not do that',
  '25006': 'that server can only be read: it is a replica',
  '53300': 'the server has no connection left',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself: name its CA',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an unknown CA: name it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown CA: name it',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

const WORDS: [RegExp, string][] = [
  [/no such table/, 'the tables are not there: run `migrate`'],
  [/NOAUTH|WRONGPASS|invalid password/i, 'the password is wrong or missing'],
  [/ACCESS[_-]REFUSED/, 'the user, the password or the virtual host is wrong'],
  [/InvalidAccessKeyId|SignatureDoesNotMatch/, 'the access key is not accepted'],
  [/NoSuchBucket/, 'the bucket does not exist'],
];

/** Of an S3 store whose answer has no body, as to HEAD. */
const STORE_STATUS: Record<number, string> = {
  301: 'the bucket is in another region',
  403: 'the access key is not accepted, or may not use the bucket',
  404: 'the bucket does not exist',
};

type Cause = { message: string; code: string | undefined; status: number | undefined };

function* chain(error: unknown): Generator<Cause> {
  if (error instanceof AggregateError) for (const one of error.errors) yield* chain(one);
  if (!(error instanceof Error)) return;
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  yield {
    message: `${error.name} ${error.message}`,
    code: typeof code === 'string' ? code : undefined,
    status: $metadata?.httpStatusCode,
  };
  if (error.cause !== undefined) yield* chain(error.cause);
}

/** What is known of the cause, as a clause without a full stop; null when nothing is. */
export function knownCause(error: unknown): string | null {
  const causes = [...chain(error)];
  for (const { message, code, status } of causes) {
    const known =
      (code && CODES[code]) ??
      WORDS.find(([pattern]) => pattern.test(message))?.[1] ??
      (status && STORE_STATUS[status]);
    if (known) return known;
  }
  return null;
}

/** A clause without a full stop. What is not known is said in the error's own words. */
export function explain(error: unknown): string {
  const known = knownCause(error);
  if (known !== null) return known;
  return error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
}
