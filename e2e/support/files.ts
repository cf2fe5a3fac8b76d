/** Files that a vet might add, made here so that none needs to be kept. */
import { crc32, deflateSync } from 'node:zlib';

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([u32(data.length), content, u32(crc32(content))]);
}

/** A grey picture that looks a little like an X-ray of a long bone. */
export function xray(width = 900, height = 700): Buffer {
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const fromAxis =
        Math.abs(x - width / 2 - 30 * Math.sin(y / 120)) / (width * (y % 500 > 420 ? 0.14 : 0.1));
      const bone = fromAxis < 1 ? 120 + 90 * fromAxis ** 2 : 60 * Math.exp(1 - fromAxis);
      rows[y * (width + 1) + 1 + x] = bone;
    }
  const header = Buffer.concat([u32(width), u32(height), Buffer.from([8, 0, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PDF of so many pages, each with a heading; `extra` is put into its catalogue. */
export function report(pages: number, extra = ''): Buffer {
  const kids = Array.from({ length: pages }, (_, index) => `${4 + index * 2} 0 R`).join(' ');
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${extra} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  for (let page = 1; page <= pages; page += 1) {
    const lines = ['ALT 340 U/L (10-125)', 'ALP 1450 U/L (20-150)', 'Na 148 mmol/L (144-160)'];
    const text = lines.map((line) => `0 -24 Td (${line}) Tj`).join(' ');
    const content = `BT /F1 20 Tf 60 760 Td (Laboratory report, page ${page}) Tj /F1 13 Tf ${text} ET`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + (page - 1) * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${file}${xref}trailer << /Root 1 0 R /Size ${objects.length + 1} >>\nstartxref\n${file.length}\n%%EOF\n`,
  );
}
