import { z } from 'zod';
import { filledText, id, idParams, list, person, text, time } from './common.ts';
import { route } from './route.ts';

/** Room for 5,000 rows; a body over it is 413, more rows in a smaller body are 422 with the line. */
const CSV_BYTES = 5 * 1024 * 1024;

const issue = z.object({ line: z.int(), column: z.int(), message: z.string() });

export const protocolRow = z.object({
  line: z.int(),
  disease: z.string(),
  keywords: z.array(z.string()),
  baseProbability: z.number(),
  matchWeight: z.number(),
});

export const validation = z.object({
  valid: z.boolean(),
  /** Number of data rows read. */
  rows: z.int(),
  errors: z.array(issue),
  warnings: z.array(issue),
  /** The first 20 rows as understood. */
  preview: z.array(protocolRow),
});

export const protocolSummary = z
  .object({
    id,
    name: z.string(),
    /** Version of the protocol, from 1. */
    version: z.int(),
    rows: z.int(),
    warnings: z.int(),
    createdBy: person,
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'ProtocolSummary' });

export const protocol = protocolSummary.extend({ csv: z.string() });
export type Protocol = z.infer<typeof protocol>;
export type ProtocolSummary = z.infer<typeof protocolSummary>;
export type Validation = z.infer<typeof validation>;

export const protocolVersion = z.object({
  version: z.int(),
  name: z.string(),
  rows: z.int(),
  createdBy: person,
  createdAt: time,
});
export type ProtocolVersion = z.infer<typeof protocolVersion>;

export const protocolVersionText = protocolVersion.extend({ csv: z.string() });
export type ProtocolVersionText = z.infer<typeof protocolVersionText>;

const csv = text(CSV_BYTES, 1);
const upload = z.strictObject({ name: filledText(120), csv });

export const listProtocols = route({
  method: 'GET',
  path: '/api/protocols',
  tag: 'protocols',
  summary: "The clinic's protocols",
  auth: 'session',
  limit: 'api',
  responses: { 200: list(protocolSummary) },
});

export const createProtocol = route({
  method: 'POST',
  path: '/api/protocols',
  tag: 'protocols',
  summary: 'Upload a protocol: JSON, or multipart with a CSV file and an optional name',
  auth: 'session',
  limit: 'api',
  multipart: true,
  bodyLimit: CSV_BYTES,
  body: upload,
  responses: { 201: protocol },
});

export const getProtocol = route({
  method: 'GET',
  path: '/api/protocols/:id',
  tag: 'protocols',
  summary: 'One protocol with its CSV',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: protocol },
});

export const putProtocol = route({
  method: 'PUT',
  path: '/api/protocols/:id',
  tag: 'protocols',
  summary: 'Replace a protocol by a new version',
  auth: 'session',
  limit: 'api',
  multipart: true,
  bodyLimit: CSV_BYTES,
  params: idParams,
  body: upload,
  responses: { 200: protocol },
});

export const deleteProtocol = route({
  method: 'DELETE',
  path: '/api/protocols/:id',
  tag: 'protocols',
  summary: 'Delete a protocol; analyses made with it stay',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 204: null },
});

export const listProtocolVersions = route({
  method: 'GET',
  path: '/api/protocols/:id/versions',
  tag: 'protocols',
  summary: 'All versions without their CSV, newest first',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: list(protocolVersion) },
});

export const getProtocolVersion = route({
  method: 'GET',
  path: '/api/protocols/:id/versions/:version',
  tag: 'protocols',
  summary: 'One version with its CSV',
  auth: 'session',
  limit: 'api',
  /** The version's number, as the list has it. */
  params: z.strictObject({ id, version: z.string().regex(/^[1-9]\d{0,8}$/) }),
  responses: { 200: protocolVersionText },
});

export const validateProtocol = route({
  method: 'POST',
  path: '/api/protocols/validate',
  tag: 'protocols',
  summary: 'Check a CSV line by line without saving it',
  auth: 'session',
  limit: 'api',
  multipart: true,
  bodyLimit: CSV_BYTES,
  body: z.strictObject({ csv, name: text(120).optional() }),
  responses: { 200: validation },
});

export const protocolTemplate = route({
  method: 'GET',
  path: '/api/protocols/template.csv',
  tag: 'protocols',
  summary: 'A template to start from',
  auth: 'public',
  limit: 'api',
  responses: { 200: { contentType: 'text/csv; charset=utf-8' } },
});
