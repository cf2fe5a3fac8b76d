/** Files by key, streamed in and out: no file is ever whole in memory. */
import type { Readable } from 'node:stream';

export type StoredBlob = { size: number /** hex */; sha256: string };

/** The store cannot be reached, or does not do what it is asked: nothing that a caller could mend. */
export class BlobsUnavailable extends Error {
  override readonly name = 'BlobsUnavailable';
  constructor(cause: unknown) {
    super('the file store cannot be reached', { cause });
  }
}

/** What needs the store rejects with BlobsUnavailable while it is away. */
export type Blobs = {
  readonly adapter: string;
  /**
   * Stores a stream to its end; when the stream fails, nothing stays under the key.
   * @param key letters, digits, `-`, `/`
   */
  put(key: string, body: Readable, options: { contentType: string }): Promise<StoredBlob>;
  /** The file's bytes; null when there is none. @param range inclusive offsets */
  get(key: string, range?: { start: number; end: number }): Promise<Readable | null>;
  /** No error when there is none. */
  delete(key: string): Promise<void>;
  /** Every file whose key begins with the prefix. */
  list(prefix: string): AsyncIterable<{ key: string; size: number; modifiedAt: number }>;
  /**
   * Removes what puts began before a time and a killed process never finished; answers how many. A put that is still
   * under way then fails.
   * @param prefix of their keys, where the store knows the key of what is not finished
   * @param before milliseconds since 1970, by the store's clock
   */
  removeUnfinished(prefix: string, before: number): Promise<number>;
  /** A short-lived link that a browser can follow without the API; null where there is no such way. */
  link(
    key: string,
    options: { ttlMs: number; contentType: string; disposition: string },
  ): Promise<string | null>;
  /** @throws when files cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
};
