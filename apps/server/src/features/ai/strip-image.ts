/**
 * An image without what it says about itself: place, camera, owner, captions, and whatever text somebody put there.
 * The pixels stay as they are. JPEG and PNG; other formats are not sent.
 */

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a decoder needs; all other chunks hold text, times or private data. */
const PNG_KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'pHYs',
]);

/** The image without metadata, or null when it is no sound JPEG or PNG. */
export function stripImage(
  bytes: Uint8Array,
): { mediaType: 'image/jpeg' | 'image/png'; bytes: Uint8Array } | null {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (image.subarray(0, 8).equals(PNG_SIGNATURE)) {
    const stripped = stripPng(image);
    return stripped && { mediaType: 'image/png', bytes: stripped };
  }
  if (image[0] === 0xff && image[1] === 0xd8) {
    const stripped = stripJpeg(image);
    return stripped && { mediaType: 'image/jpeg', bytes: stripped };
  }
  return null;
}

function stripPng(image: Buffer): Buffer | null {
  const kept: Buffer[] = [PNG_SIGNATURE];
  for (let at = 8; at + 12 <= image.length; ) {
    const end = at + 12 + image.readUInt32BE(at);
    if (end > image.length) return null;
    const type = image.toString('latin1', at + 4, at + 8);
    if (PNG_KEPT.has(type)) kept.push(image.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return null;
}

const SOS = 0xda;
const EOI = 0xd9;
/** JFIF and the colour transform of Adobe; EXIF, XMP, IPTC, ICC and comments go. */
const isKept = (marker: number): boolean =>
  marker === 0xe0 || marker === 0xee || !((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe);

function stripJpeg(image: Buffer): Buffer | null {
  const kept: Buffer[] = [image.subarray(0, 2)];
  for (let at = 2; at + 2 <= image.length; ) {
    if (image[at] !== 0xff) return null;
    const marker = image[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return Buffer.concat([...kept, image.subarray(at, at + 2)]);
    if (at + 4 > image.length) return null;
    const end = at + 2 + image.readUInt16BE(at + 2);
    if (end > image.length) return null;
    if (isKept(marker)) kept.push(image.subarray(at, end));
    at = end;
    if (marker === SOS) {
      at = endOfScan(image, end);
      kept.push(image.subarray(end, at));
    }
  }
  return null;
}

/** Where the next marker begins after compressed data; stuffed bytes and restart markers belong to the data. */
function endOfScan(image: Buffer, from: number): number {
  for (let at = image.indexOf(0xff, from); at >= 0; at = image.indexOf(0xff, at + 1)) {
    const next = image[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return image.length;
}
