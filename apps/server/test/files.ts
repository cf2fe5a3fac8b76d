/** Small files of every kind for tests, made byte by byte. */
import { deflateSync } from 'node:zlib';

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** Bytes of a text in Latin-1. */
export const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A PNG's first bytes, then its chunks as they come; `padding` bytes of noise make it large. */
export function png(width: number, height: number, padding = 0): Buffer {
  const header = [u32(13), bytes('IHDR'), u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0]), u32(0)];
  return Buffer.concat([bytes('\x89PNG\r\n\x1a\n'), ...header, Buffer.alloc(padding, 0xa5)]);
}

/** A JPEG with metadata of a length before its size. */
export function jpeg(width: number, height: number, metadata = 0): Buffer {
  const segments: Buffer[] = [];
  for (let left = metadata; left > 0; left -= 60_000) {
    const length = Math.min(left, 60_000);
    segments.push(
      Buffer.from([0xff, 0xe1, (length + 2) >> 8, (length + 2) & 255]),
      Buffer.alloc(length, 0xff),
    );
  }
  const frame = [0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 17, 0];
  return Buffer.concat([bytes('\xff\xd8'), ...segments, Buffer.from(frame), bytes('\xff\xda\0\0\xff\xd9')]);
}

export const gif = (width: number, height: number): Buffer =>
  Buffer.concat([
    bytes('GIF89a'),
    Buffer.from([width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0, 0x3b]),
  ]);

/** A lossy, lossless or extended WebP. */
export function webp(form: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  const body = Buffer.alloc(30);
  body.write(`RIFF\0\0\0\0WEBP${form}`, 'latin1');
  if (form === 'VP8X') {
    body.writeUIntLE(width - 1, 24, 3);
    body.writeUIntLE(height - 1, 27, 3);
  } else if (form === 'VP8L') {
    body[20] = 0x2f;
    body.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21);
  } else {
    body.writeUIntBE(0x9d012a, 23, 3);
    body.writeUInt16LE(width, 26);
    body.writeUInt16LE(height, 28);
  }
  return body;
}

/** A PDF of one empty page and further objects, numbered from 4. */
export function pdf(...objects: (string | Buffer)[]): Buffer {
  const own = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
  ];
  const parts = [bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')];
  for (const [index, object] of [...own, ...objects].entries())
    parts.push(
      bytes(`${index + 1} 0 obj\n`),
      typeof object === 'string' ? bytes(object) : object,
      bytes('\nendobj\n'),
    );
  return Buffer.concat([...parts, bytes('trailer << /Root 1 0 R /Size 9 >>\nstartxref\n0\n%%EOF\n')]);
}

/** A stream object; `filter` packs it. */
export function stream(dictionary: string, content: Buffer, filter = true): Buffer {
  const data = filter ? deflateSync(content) : content;
  const packed = filter ? '/Filter /FlateDecode ' : '';
  return Buffer.concat([
    bytes(`<< ${dictionary} ${packed}/Length ${data.length} >>\nstream\n`),
    data,
    bytes('\nendstream'),
  ]);
}
