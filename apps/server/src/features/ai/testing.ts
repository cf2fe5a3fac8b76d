/** What tests of this feature share. */
import { readFileSync } from 'node:fs';
import { createEngine, type Engine } from '@mozarela/clinical/engine';
import type { KnowledgeBundle } from '@mozarela/clinical/knowledge/schema';
import { createRedactor, type Redactor } from './redact/redact.ts';
import { vocabularyOf } from './redact/vocabulary.ts';

const BUNDLE = new URL('../../../../../packages/clinical/generated/knowledge.json', import.meta.url);

export const bundle = JSON.parse(readFileSync(BUNDLE, 'utf8')) as KnowledgeBundle;
export const engine: Engine = createEngine(bundle);
export const redactor: Redactor = createRedactor(vocabularyOf(bundle));
