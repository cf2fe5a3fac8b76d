import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytes, gif, jpeg, pdf, png, stream, webp } from '../../../../test/files.ts';
import { inspect } from './inspect.ts';

function* cut(file: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

async function look(file: Buffer, name = 'file', size = 65_536) {
  const { body, kind } = inspect(Readable.from(cut(file, size), { objectMode: false }), name);
  const passed = await buffer(body);
  expect(passed.equals(file)).toBe(true);
  return kind();
}

/** The same whether a file comes in large pieces or byte by byte. */
async function refusal(file: Buffer, name = 'file'): Promise<string> {
  const reasons = [];
  for (const size of [65_536, 7, 1])
    reasons.push(
      await look(file, name, size).then(
        () => 'taken',
        (error: Error) => error.message,
      ),
    );
  expect(new Set(reasons).size).toBe(1);
  return reasons[0]!;
}

describe('what a case takes', () => {
  it.each([
    ['image/png', png(640, 480)],
    ['image/jpeg', jpeg(640, 480)],
    ['image/jpeg', jpeg(640, 480, 200_000)],
    ['image/gif', gif(640, 480)],
    ['image/webp', webp('VP8 ', 640, 480)],
    ['image/webp', webp('VP8L', 640, 480)],
    ['image/webp', webp('VP8X', 640, 480)],
  ])('knows %s by its content, with its size', async (contentType, file) => {
    for (const size of [65_536, 11])
      expect(await look(file, 'report.pdf', size)).toEqual({ contentType, width: 640, height: 480 });
  });

  it.each([
    ['an ordinary one', pdf(stream('', bytes('BT (Hello) Tj ET')))],
    ['one with an object stream', pdf(stream('/Type /ObjStm /N 1 /First 4', bytes('7 0 << /Type /Font >>')))],
    ['one with white space before its header', Buffer.concat([bytes('\r\n\r\n'), pdf()])],
    ['forbidden names in text', pdf('<< /Title (/JS and /Launch \\( /AA) >> % /JavaScript')],
    [
      'forbidden names in a picture',
      pdf(stream('/Subtype /Image /Filter /DCTDecode', bytes('..>/JS(../AA<'), false)),
    ],
    ['noise in packed streams', pdf(stream('', randomBytes(300_000)), stream('', randomBytes(1000)))],
    ['names that only begin like forbidden ones', pdf('<< /JSX 1 /AAB 2 /Launcher 3 >>')],
  ])('takes a PDF: %s', async (_name, file) => {
    for (const size of [65_536, 99])
      expect((await look(file, 'x', size)).contentType).toBe('application/pdf');
  });

  it('knows text, CSV and their encoding', async () => {
    expect((await look(Buffer.from('ALT 340 ↑'), 'a.txt')).contentType).toBe('text/plain; charset=utf-8');
    expect((await look(Buffer.from('a;b\n<5;9'), 'a.CSV')).contentType).toBe('text/csv; charset=utf-8');
    expect((await look(bytes('Leuk\xe4mie'), 'a.txt')).contentType).toBe('text/plain; charset=windows-1252');
    expect((await look(bytes('BM: normal'), 'a.txt')).contentType).toBe('text/plain; charset=utf-8');
  });
});

describe('what a case does not take', () => {
  it.each([
    ['nothing', Buffer.alloc(0), /empty/],
    ['HTML', bytes('<!doctype html><script>alert(1)</script>'), /HTML, SVG and XML/],
    ['HTML after white space', bytes(' \n\t<html>'), /HTML, SVG and XML/],
    ['HTML that claims to be a PDF', bytes('<html>%PDF-1.7 1 0 obj'), /HTML, SVG and XML/],
    ['SVG', bytes('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), /HTML, SVG and XML/],
    ['UTF-8 HTML with its mark', Buffer.from('\ufeff<svg onload="x()">'), /HTML, SVG and XML/],
    ['HEIC', bytes('\0\0\0\x18ftypheic\0\0\0\0'), /save the photo as JPEG/],
    ['a film', bytes('\0\0\0\x18ftypisom\0\0\0\0'), /Videos/],
    ['DICOM', Buffer.concat([Buffer.alloc(128), bytes('DICM\x02\0')]), /DICOM/],
    ['TIFF', bytes('II*\0\x08\0\0\0'), /TIFF/],
    ['a Word document', bytes('PK\x03\x04\x14\0'), /save the document as PDF/],
    ['RTF', bytes('{\\rtf1 text}'), /./],
    ['a program', bytes('MZ\x90\0\x03'), /Programs/],
    ['a script', bytes('#!/bin/sh\nrm -rf /'), /Programs/],
    ['UTF-16', Buffer.from('\ufeffabc', 'utf16le'), /UTF-8/],
    ['noise', Buffer.from([1, 2, 3, 250, 251, 252]), /This type of file is not taken/],
    [
      'text that turns into noise',
      Buffer.concat([bytes('a'.repeat(2000)), Buffer.from([0, 1])]),
      /something else/,
    ],
  ])('refuses %s', async (_name, file, reason) => {
    expect(await refusal(file)).toMatch(reason);
  });

  it.each([
    ['a wide PNG', png(30_001, 1), /too large to be shown: 30001 × 1/],
    ['a PNG of 400 megapixels', png(20_000, 20_000), /too large/],
    ['a PNG of the largest numbers', png(0xffffffff, 0xffffffff), /too large/],
    ['a PNG without pixels', png(0, 10), /damaged/],
    ['a PNG cut off in its header', png(10, 10).subarray(0, 20), /damaged/],
    ['a JPEG of 3,600 megapixels', jpeg(60_000, 60_000), /too large/],
    ['a JPEG cut off before its size', jpeg(10, 10).subarray(0, 6), /damaged/],
    ['a JPEG whose pixels come before their number', bytes('\xff\xd8\xff\xda\0\x02'), /damaged/],
    ['a GIF', gif(65_535, 65_535), /too large/],
    ['a lossless WebP', webp('VP8L', 16_384, 16_384), /too large/],
    ['an extended WebP', webp('VP8X', 16_777_216, 16_777_216), /too large/],
    ['an image that is a PDF too', Buffer.concat([png(9, 9), pdf()]), /image and a PDF at once/],
  ])('refuses an image: %s', async (_name, file, reason) => {
    expect(await refusal(file)).toMatch(reason);
  });
});

const SCRIPT = /contains scripts/;
const UNCHECKABLE = /cannot be checked/;

describe('what a case does not take of PDF', () => {
  const objects = (content: string, dictionary = '/Type /ObjStm /N 1 /First 4') =>
    pdf(stream(dictionary, bytes(content)));

  it.each([
    ['a script', pdf('<< /S /JavaScript /JS (app.alert(1)) >>'), SCRIPT],
    ['escaped names', pdf('<< /S /J#61va#53cript /#4a#53 (x) >>'), SCRIPT],
    ['every letter escaped', pdf('<< /#4A#61#76#61#53#63#72#69#70#74 4 0 R >>'), SCRIPT],
    ['an action on opening', pdf('<< /OpenAction << /S /JavaScript /JS 4 0 R >> >>'), SCRIPT],
    ['a program to start', pdf('<< /S /Launch /F (cmd.exe) >>'), SCRIPT],
    ['additional actions', pdf('<< /AA << /O 5 0 R >> >>'), SCRIPT],
    ['encryption', pdf('<< /Filter /Standard >>\nendobj\ntrailer << /Encrypt 4 0 R >>'), /encrypted/],
    ['files inside', pdf('<< /Names << /EmbeddedFiles 5 0 R >> >>'), /other files inside/],
    ['a file attached to the page', pdf('<< /Type /Filespec /EF << /F 5 0 R >> >>'), /other files inside/],
    ['XFA', pdf('<< /AcroForm << /XFA 5 0 R >> >>'), /interactive form/],
    ['a form that sends', pdf('<< /S /SubmitForm /F (http://x) >>'), /interactive form/],
    ['no object', bytes('%PDF-1.7\n%%EOF'), /damaged/],
  ])('refuses %s', async (_name, file, reason) => {
    expect(await refusal(file)).toMatch(reason);
  });

  it.each([
    ['in an object stream', objects('7 0 << /S /JavaScript /JS (x) >>'), SCRIPT],
    ['in one that hides its type', objects('7 0 << /JS (x) >>', '/T#79pe /Foo /N 1 /First 4'), SCRIPT],
    [
      'in one whose content is a string for whom reads from the start',
      objects('7 0 ( << /JS (x) >>'),
      SCRIPT,
    ],
    [
      'in one that is not packed',
      pdf(stream('/Type /ObjStm /N 1 /First 4', bytes('7 0 << /JS 1 >>'), false)),
      SCRIPT,
    ],
    ['at the very end of one', objects(`7 0 ${' '.repeat(200_000)}/AA`), SCRIPT],
    ['in one with a word that seems its end', objects(`7 0 ${'endstream '.repeat(3)} /JS (x)`), SCRIPT],
    [
      'in one packed twice',
      pdf(
        stream('/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]', deflateSync(bytes('/JS'))),
      ),
      UNCHECKABLE,
    ],
    [
      'in one packed by something else',
      pdf(stream('/Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode', bytes('2f4a53>'), false)),
      UNCHECKABLE,
    ],
    [
      'in one whose packing is named elsewhere',
      pdf(stream('/Type /ObjStm /N 1 /First 4 /Filter 9 0 R', deflateSync(bytes('/JS ')), false)),
      UNCHECKABLE,
    ],
    [
      'in one that is broken',
      pdf(stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', bytes('no zlib'), false)),
      UNCHECKABLE,
    ],
    ['in an object in a string', pdf('<< /Title (\n9 0 obj << /JS (x) >> endobj\n) >>'), SCRIPT],
    ['in an object in a comment', pdf('<< >> % 9 0 obj << /JS (x) >> endobj'), SCRIPT],
    [
      'in an object in the bytes of a picture',
      pdf(stream('/Subtype /Image /Filter /DCTDecode', bytes('\xff\xd8 9 0 obj<< /JS (x) >>endobj'), false)),
      SCRIPT,
    ],
    ['after a string that seems a stream', pdf('<< /A (>> stream\n) /Filter /DCTDecode /JS (x) >>'), SCRIPT],
    ['after a word that seems a stream', pdf('<< /Filter /DCTDecode /X stream\n /JS (x) >>'), SCRIPT],
    ['after a string in a string', pdf('<< /A (\n9 0 obj << >> stream\n) /JS (x) >>'), SCRIPT],
    ['in a string left open', pdf('( left open', '<< /JS (x) >>'), SCRIPT],
    ['looks within looks', pdf(`<< ${'/A ( 9 0 obj '.repeat(20)}`), UNCHECKABLE],
  ])('finds what hides %s', async (_name, file, reason) => {
    expect(await refusal(file)).toMatch(reason);
  });

  it.each([
    ['objects', '/Type /ObjStm /N 1 /First 4', 60],
    ['a page', '', 300],
  ])('refuses what unpacks to far more than it is: %s', async (_name, dictionary, megabytes) => {
    const bomb = pdf(stream(dictionary, Buffer.alloc(megabytes * 1024 * 1024, 32)));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    await expect(look(bomb)).rejects.toThrow(/unpacks to far more/);
  });

  it('refuses more streams than any honest file has', async () => {
    const one = stream('', bytes('x'));
    await expect(look(pdf(...Array<Buffer>(20_001).fill(one)))).rejects.toThrow(UNCHECKABLE);
  });
});
