/** Plain text and CSV, as laboratories send them. */
import { type Detector, FileRefused } from './kind.ts';

const notText = () => new FileRefused('type', 'This file holds something else than text.');

/** Whether no control character occurs but those that text has a use for. */
export function isText(chunk: Buffer): boolean {
  for (const byte of chunk)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) return false;
  return !chunk.includes(127);
}

/** @param name only tells CSV from other text, both of which are harmless */
export function textDetector(name: string): Detector {
  let utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Buffer) => {
    try {
      utf8?.decode(chunk, { stream: chunk !== undefined });
    } catch {
      utf8 = null;
    }
  };
  return {
    push(chunk) {
      if (!isText(chunk)) throw notText();
      decode(chunk);
    },
    end() {
      decode();
      const type = /\.csv$/i.test(name) ? 'text/csv' : 'text/plain';
      // Older laboratory systems still write Windows-1252.
      return {
        contentType: `${type}; charset=${utf8 ? 'utf-8' : 'windows-1252'}`,
        width: null,
        height: null,
      };
    },
  };
}
