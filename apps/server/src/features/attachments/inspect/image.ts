/** Images: their size is read from their header, so that nobody's browser has to unpack an absurd one. */
import { type Detector, damaged, FileRefused, type Kind } from './kind.ts';

const MAX_PIXELS = 100_000_000;
const MAX_SIDE = 30_000;

function imageOf(contentType: string, width: number, height: number): Kind {
  if (width === 0 || height === 0) throw damaged();
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    throw new FileRefused(
      'content',
      `This image is too large to be shown: ${width} × ${height} pixels. The limit is 100 megapixels.`,
    );
  return { contentType, width, height };
}

/** An image whose size stands at a fixed place in its first bytes. */
function fixed(contentType: string, head: Buffer, bytes: number, size: () => [number, number]): Detector {
  if (head.length < bytes) throw damaged();
  const kind = imageOf(contentType, ...size());
  return { push: () => undefined, end: () => kind };
}

function png(head: Buffer): Detector {
  return fixed('image/png', head, 33, () => {
    if (head.readUInt32BE(8) !== 13 || head.toString('latin1', 12, 16) !== 'IHDR') throw damaged();
    return [head.readUInt32BE(16), head.readUInt32BE(20)];
  });
}

const gif = (head: Buffer): Detector =>
  fixed('image/gif', head, 13, () => [head.readUInt16LE(6), head.readUInt16LE(8)]);

function webp(head: Buffer): Detector {
  return fixed('image/webp', head, 30, () => {
    switch (head.toString('latin1', 12, 16)) {
      case 'VP8X':
        return [1 + head.readUIntLE(24, 3), 1 + head.readUIntLE(27, 3)];
      case 'VP8L': {
        if (head[20] !== 0x2f) throw damaged();
        const bits = head.readUInt32LE(21);
        return [1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff)];
      }
      case 'VP8 ':
        if (head.readUIntBE(23, 3) !== 0x9d012a) throw damaged();
        return [head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff];
      default:
        throw damaged();
    }
  });
}

const SCAN = 0xda;
const END = 0xd9;
/** Frames: C0-CF except tables (C4, CC) and an extension (C8). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const standsAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** A JPEG's size comes after its metadata, which may be long: segments are walked without being kept. */
function jpeg(): Detector {
  let found: Kind | null = null;
  let skip = 0;
  let header: number[] = [];
  function segment(): void {
    const [prefix, marker, high, low] = header;
    if (prefix !== 0xff) throw damaged();
    if (marker === undefined) return;
    // Any number of FF may stand before a marker.
    if (marker === 0xff || standsAlone(marker)) {
      header = marker === 0xff ? [0xff] : [];
      return;
    }
    if (marker === SCAN || marker === END) throw damaged();
    if (high === undefined || low === undefined) return;
    const length = high * 256 + low;
    if (length < 2) throw damaged();
    if (!isFrame(marker)) {
      skip = length - 2;
      header = [];
    } else if (header.length === 9) {
      const [heightHigh = 0, heightLow = 0, widthHigh = 0, widthLow = 0] = header.slice(5);
      found = imageOf('image/jpeg', widthHigh * 256 + widthLow, heightHigh * 256 + heightLow);
    }
  }
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length && !found; ) {
        if (skip > 0) {
          const passed = Math.min(skip, chunk.length - at);
          skip -= passed;
          at += passed;
        } else {
          header.push(chunk[at]!);
          at += 1;
          segment();
        }
      }
    },
    end() {
      if (!found) throw damaged();
      return found;
    },
  };
}

/** The detector of an image that begins so; null for anything else. */
export function imageDetector(head: Buffer): Detector | null {
  const text = head.toString('latin1', 0, 16);
  if (text.startsWith('\xff\xd8\xff')) return jpeg();
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return png(head);
  if (/^GIF8[79]a/.test(text)) return gif(head);
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return webp(head);
  return null;
}
