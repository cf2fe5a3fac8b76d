/** Writes what the page "How good is it?" shows, from eval/result.json and the knowledge base. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadCases, OPEN_CASES, VIGNETTES } from './eval/cases.ts';
import type { Figures } from './eval/figures.ts';
import { qualityReport } from './eval/quality.ts';
import { KNOWLEDGE_ROOT, loadKnowledge } from './knowledge/load.ts';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, 'packages/clinical/generated/quality.json');

const figures = JSON.parse(readFileSync(join(ROOT, 'eval/result.json'), 'utf8')) as Figures;
const cases = { open: loadCases(OPEN_CASES), vignettes: loadCases(VIGNETTES) };
mkdirSync(dirname(OUTPUT), { recursive: true });
writeFileSync(OUTPUT, JSON.stringify(qualityReport(figures, loadKnowledge(KNOWLEDGE_ROOT).bundle, cases)));
