/** Request bodies: JSON, or a form with one file, never more than the route allows. */
import busboy from 'busboy';
import express, { type Request, type Response } from 'express';
import { AppError } from './errors.ts';

const DEFAULT_LIMIT = 1024 * 1024;

/** A multipart form: text fields and at most one file. */
export type Form = { fields: Record<string, string>; file: { name: string; bytes: Buffer } | null };

const jsonParsers = new Map<number, express.RequestHandler>();

function jsonParser(limit: number): express.RequestHandler {
  let parser = jsonParsers.get(limit);
  if (!parser) {
    parser = express.json({ limit, strict: false, type: () => true });
    jsonParsers.set(limit, parser);
  }
  return parser;
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * The body as a value; undefined when there is none.
 * @param limit bytes
 * @param fromForm makes the value of a multipart form; without it only JSON is taken
 */
export async function readBody(
  request: Request,
  response: Response,
  limit = DEFAULT_LIMIT,
  fromForm?: (form: Form) => unknown,
): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  if (fromForm && request.is('multipart/form-data')) return fromForm(await readForm(request, limit));
  if (!request.is('application/json')) throw new AppError('unsupported_media_type');
  await new Promise<void>((resolve, reject) => {
    jsonParser(limit)(request, response, (error) => (error ? reject(error) : resolve()));
  });
  return request.body;
}

function readForm(request: Request, limit: number): Promise<Form> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) => {
      request.unpipe();
      reject(error instanceof AppError ? error : new AppError('bad_request', { cause: error }));
    };
    const tooLarge = () => refuse(new AppError('payload_too_large'));
    const form: Form = { fields: {}, file: null };
    const reading: Promise<void>[] = [];
    let parser: busboy.Busboy;
    try {
      const limits = { fileSize: limit, files: 1, fields: 10, fieldSize: limit, parts: 11 };
      parser = busboy({ headers: request.headers, limits });
    } catch (error) {
      refuse(error);
      return;
    }
    parser.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) tooLarge();
      form.fields[name] = value;
    });
    parser.on('file', (_name, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on('limit', tooLarge);
      // A form cut off inside its file: unheard, this error would end the process.
      stream.on('error', refuse);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      reading.push(
        new Promise((done) => {
          stream.on('close', () => {
            form.file = { name: filename ?? '', bytes: Buffer.concat(chunks) };
            done();
          });
        }),
      );
    });
    for (const event of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) parser.on(event, tooLarge);
    parser.on('error', refuse);
    parser.on('close', () => Promise.all(reading).then(() => resolve(form), refuse));
    // A sender who goes away half-way never ends the form.
    request.once('error', (error) => parser.destroy(error));
    request.pipe(parser);
  });
}
