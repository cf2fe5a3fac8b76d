/** OpenAPI 3.1 from the contract. Pure: the same input gives the same text, so drift can be checked in CI. */
import { z } from 'zod';
import { problem } from './common.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import type { RouteDefinition, UploadRule } from './route.ts';

type Json = { [key: string]: unknown };

/** Named schemas (`.meta({ id })`) met on the way; they become components instead of being repeated. */
type Components = Record<string, unknown>;

function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components: Components): Json {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  const {
    $schema: _,
    $defs,
    id: name,
    ...rest
  } = JSON.parse(text.replaceAll('#/$defs/', '#/components/schemas/'));
  for (const [component, definition] of Object.entries<Json>($defs ?? {})) {
    const { id: _id, ...body } = definition;
    components[component] = body;
  }
  if (typeof name === 'string') {
    components[name] = rest;
    return { $ref: `#/components/schemas/${name}` };
  }
  return rest;
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

function parameters(definition: RouteDefinition, components: Components): Json[] {
  const from = (schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = jsonSchema(schema, 'input', components) as {
      properties?: Json;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: property,
    }));
  };
  const header = (name: string, required: boolean): Json => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string' },
  });
  return [
    ...from(definition.params, 'path'),
    ...from(definition.query, 'query'),
    ...(definition.ifMatch ? [header('If-Match', true)] : []),
    ...(definition.idempotent ? [header('Idempotency-Key', false)] : []),
  ];
}

function refusals(definition: RouteDefinition): ErrorCode[] {
  const codes: ErrorCode[] = [...(definition.errors ?? [])];
  if (definition.auth === 'session' || definition.auth === 'admin') codes.push('unauthenticated');
  if (definition.auth === 'admin') codes.push('forbidden');
  if (definition.params) codes.push('not_found');
  if (definition.body) codes.push('malformed_json', 'payload_too_large', 'unsupported_media_type');
  if (definition.upload) codes.push('bad_request', 'payload_too_large', 'unsupported_media_type');
  if (definition.body || definition.query || definition.upload) codes.push('validation_failed');
  if (needsCsrf(definition)) codes.push('csrf_failed');
  if (definition.limit !== 'none') codes.push('rate_limited');
  return codes;
}

/** Cookie-authenticated writes carry X-CSRF-Token unless the route says otherwise. */
export function needsCsrf(definition: RouteDefinition): boolean {
  return definition.csrf ?? (definition.method !== 'GET' && definition.auth !== 'public');
}

function responses(definition: RouteDefinition, components: Components): Json {
  const answers: Json = {};
  for (const [status, body] of Object.entries(definition.responses)) {
    if (body === null) answers[status] = { description: 'Done' };
    else if ('contentType' in body)
      answers[status] = {
        description: 'OK',
        content: { [body.contentType as string]: { schema: { type: 'string' } } },
      };
    else
      answers[status] = {
        description: 'OK',
        content: { 'application/json': { schema: jsonSchema(body as z.ZodType, 'output', components) } },
      };
  }
  const byStatus = Map.groupBy(new Set(refusals(definition)), (code) => ERRORS[code].status);
  for (const [status, codes] of [...byStatus].sort((a, b) => a[0] - b[0]))
    answers[status] ??= { description: codes.join(', '), content: problemContent };
  return answers;
}

function requestBody(definition: RouteDefinition, components: Components): Json | undefined {
  if (definition.upload) return uploadBody(definition.upload);
  if (!definition.body) return undefined;
  const content: Json = { 'application/json': { schema: jsonSchema(definition.body, 'input', components) } };
  if (definition.multipart)
    content['multipart/form-data'] = {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', format: 'binary' }, name: { type: 'string' } },
        required: ['file'],
      },
    };
  return { required: true, content };
}

function uploadBody({ field, maxFiles }: UploadRule): Json {
  const files = {
    type: 'array',
    items: { type: 'string', format: 'binary' },
    minItems: 1,
    maxItems: maxFiles,
  };
  const schema = { type: 'object', properties: { [field]: files }, required: [field] };
  return { required: true, content: { 'multipart/form-data': { schema } } };
}

function security(definition: RouteDefinition): Json[] {
  const signedIn = [{ cookie: [] }, { bearer: [] }];
  if (definition.auth === 'public') return [];
  return definition.auth === 'optional' ? [{}, ...signedIn] : signedIn;
}

/** The document for `GET /api/openapi.json`. */
export function openapi(routes: Record<string, RouteDefinition>): Json {
  const paths: Record<string, Json> = {};
  const components: Components = { Problem: jsonSchema(problem, 'output', {}) };
  for (const [operationId, definition] of Object.entries(routes)) {
    const path = definition.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][definition.method.toLowerCase()] = {
      operationId,
      tags: [definition.tag],
      summary: definition.summary,
      security: security(definition),
      parameters: parameters(definition, components),
      requestBody: requestBody(definition, components),
      responses: responses(definition, components),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mozarela.MD',
      version: '1',
      description: 'Clinical decision support for veterinarians. Suggestions, never diagnoses.',
    },
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'session_token' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
