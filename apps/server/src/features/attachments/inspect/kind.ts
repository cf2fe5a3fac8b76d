/** What a look into a file finds. */

export type Kind = {
  contentType: string;
  /** Pixels of an image; null for anything else. */
  width: number | null;
  height: number | null;
};

/** Looks at a file while it passes; both throw FileRefused. */
export type Detector = {
  push(chunk: Buffer): void | Promise<void>;
  end(): Kind | Promise<Kind>;
};

/** A file that a case does not take; the message tells its sender why. */
export class FileRefused extends Error {
  /** `type`: whatever is in it; `content`: this one. */
  readonly because: 'type' | 'content';
  constructor(because: 'type' | 'content', message: string) {
    super(message);
    this.name = 'FileRefused';
    this.because = because;
  }
}

export const damaged = (): FileRefused => new FileRefused('content', 'This file is damaged or not complete.');

export const UNCHECKABLE =
  'This PDF is built or packed in a way that cannot be checked: print it to a new PDF.';
