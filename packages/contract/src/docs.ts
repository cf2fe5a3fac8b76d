import { route } from './route.ts';

export const openapiDocument = route({
  method: 'GET',
  path: '/api/openapi.json',
  tag: 'operations',
  summary: 'This contract as OpenAPI 3.1',
  auth: 'public',
  limit: 'api',
  responses: { 200: { contentType: 'application/json; charset=utf-8' } },
});

export const apiDocs = route({
  method: 'GET',
  path: '/api/docs',
  tag: 'operations',
  summary: 'This contract as a page',
  auth: 'public',
  limit: 'api',
  responses: { 200: { contentType: 'text/html; charset=utf-8' } },
});
