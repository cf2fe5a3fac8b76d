import { readFile } from 'node:fs/promises';
import { apiDocs, openapiDocument } from '@mozarela/contract/docs';
import { type Binding, bind } from '../../http/bind.ts';
import { docsPage } from './page.ts';

const OPENAPI = new URL('../../../../../packages/contract/openapi.json', import.meta.url);

let document: Promise<string> | undefined;

/** The committed document, read once. */
const openapi = (): Promise<string> => {
  document ??= readFile(OPENAPI, 'utf8');
  return document;
};

export const docsRoutes = (): Binding[] => [
  bind(openapiDocument, async () => ({ stream: await openapi() })),
  bind(apiDocs, async () => ({ stream: docsPage(JSON.parse(await openapi())) })),
];
