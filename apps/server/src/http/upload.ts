/** Files of a multipart form, read while they come: one after the other, none of them ever whole in memory. */
import { on } from 'node:events';
import type { Readable } from 'node:stream';
import type { UploadRule } from '@mozarela/contract/route';
import busboy from 'busboy';
import type { Request } from 'express';
import { released } from '../lib/release.ts';
import { AppError } from './errors.ts';

export type IncomingFile = {
  /** Place in the request, from 0. */
  index: number;
  /** As the sender calls it: nothing to rely on. */
  name: string;
  /** To be read to its end, or destroyed, before the next file comes. */
  body: Readable;
};

/** Room for names and headers of a form, beside its files. */
const OTHER_PARTS = 10;
const ignore = () => undefined;

const describeBytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

const tooLarge = (index: number, field: string, { maxFileBytes }: UploadRule) => {
  const detail = `A file can have ${describeBytes(maxFileBytes)} at most.`;
  return new AppError('payload_too_large', {
    detail,
    errors: [{ path: `${field}.${index}`, message: detail }],
  });
};

const refusedField = (path: string, message: string) =>
  new AppError('validation_failed', { errors: [{ path, message }] });

/** What a sender is told who sent half a form, or something else. */
export function uploadRefusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('bad_request', { detail: 'The files did not arrive completely.', cause: error });
}

function parserOf(request: Request, rule: UploadRule): busboy.Busboy {
  const { field, maxFiles, maxFileBytes } = rule;
  const limits = {
    // The parser says "limit" with the last allowed byte: one more tells that there is more.
    fileSize: maxFileBytes + 1,
    files: maxFiles,
    fields: OTHER_PARTS,
    fieldSize: 1024,
    parts: maxFiles + OTHER_PARTS,
  };
  const parser = busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
  let count = 0;
  parser.on('file', (_field, body) => {
    const index = count++;
    // Heard before anybody reads it: an error that nobody hears would end the process.
    body.on('error', ignore);
    body.on('limit', () => body.destroy(tooLarge(index, field, rule)));
  });
  parser.on('error', ignore);
  parser.on('filesLimit', () => parser.destroy(refusedField(field, `takes ${maxFiles} files at most`)));
  for (const event of ['fieldsLimit', 'partsLimit'] as const)
    parser.on(event, () => parser.destroy(new AppError('payload_too_large')));
  return parser;
}

/**
 * The files of a request as they come. The request is read no faster than the files are.
 * @throws AppError payload_too_large, on the file's body, with the first byte too much; validation_failed for a wrong
 *   field, too many files or none; bad_request for a form that is cut off
 */
export async function* readUpload(request: Request, rule: UploadRule): AsyncGenerator<IncomingFile> {
  if (!request.is('multipart/form-data')) throw new AppError('unsupported_media_type');
  let parser: busboy.Busboy;
  try {
    parser = parserOf(request, rule);
  } catch (error) {
    throw uploadRefusal(error);
  }
  const cut = (error: Error) => parser.destroy(error);
  request.once('error', cut);
  let index = 0;
  try {
    const files = on(parser, 'file', { close: ['close'] });
    request.pipe(parser);
    request.on('data', ({ length }: Buffer) => released(length));
    for await (const [field, body, { filename }] of files) {
      if (field !== rule.field) throw refusedField(String(field), 'is not a field of this form');
      yield { index, name: filename ?? '', body };
      index += 1;
    }
  } catch (error) {
    throw uploadRefusal(error);
  } finally {
    request.off('error', cut);
    request.once('error', ignore);
    request.unpipe(parser);
    parser.destroy();
    request.resume();
  }
  if (index === 0) throw refusedField(rule.field, 'is required');
}
