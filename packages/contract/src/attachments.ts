import { z } from 'zod';
import { id, idParams, list, person, time } from './common.ts';
import { route } from './route.ts';

export const MAX_FILES = 10;
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** What a case takes, recognised by content. */
export const ATTACHMENT_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'application/pdf',
  'text/plain',
  'text/csv',
] as const;

export const attachment = z
  .object({
    id,
    name: z.string(),
    contentType: z.string(),
    /** Bytes. */
    size: z.int(),
    /** Of the bytes, hex. */
    sha256: z.string(),
    /** Pixels of an image, else null. */
    width: z.int().nullable(),
    height: z.int().nullable(),
    createdBy: person,
    createdAt: time,
  })
  .meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof attachment>;

export const addAttachments = route({
  method: 'POST',
  path: '/api/cases/:id/attachments',
  tag: 'attachments',
  summary: 'Add files to an open case: all of a request or none; images, PDF, text, CSV',
  auth: 'session',
  limit: 'api',
  idempotent: true,
  params: idParams,
  upload: { field: 'files', maxFiles: MAX_FILES, maxFileBytes: MAX_FILE_BYTES },
  responses: { 201: list(attachment) },
  errors: ['record_signed'],
});

export const getAttachment = route({
  method: 'GET',
  path: '/api/attachments/:id',
  tag: 'attachments',
  summary: 'The file itself, whole or a range, or a redirect to where it can be read for a minute',
  auth: 'session',
  limit: 'api',
  params: idParams,
  query: z.strictObject({
    /** Saves it instead of showing it. */
    download: z.literal('1').optional(),
    /** Never redirects: for scripts of a page, which may not read from elsewhere. */
    direct: z.literal('1').optional(),
  }),
  responses: {
    200: { contentType: 'application/octet-stream' },
    206: { contentType: 'application/octet-stream' },
    302: null,
    304: null,
  },
  errors: ['range_not_satisfiable', 'gone'],
});

export const deleteAttachment = route({
  method: 'DELETE',
  path: '/api/attachments/:id',
  tag: 'attachments',
  summary: 'Remove a file from an open case',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 204: null },
  errors: ['record_signed'],
});
