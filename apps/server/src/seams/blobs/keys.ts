const KEY = /^[A-Za-z0-9-]+(?:\/[A-Za-z0-9-]+)*$/;
/** What a file name can hold. */
const MAX_LENGTH = 200;

/** @throws RangeError for what is no key: anything that could mean a place of its own to a file system or a server */
export function requireKey(key: string): string {
  if (key.length > MAX_LENGTH || !KEY.test(key)) throw new RangeError('not a key of a file');
  return key;
}
