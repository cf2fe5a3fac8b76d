/**
 * Measures the built-in engine (sets: packages/clinical/test/cases/README.md).
 *
 *   node scripts/eval.ts                       everything; writes eval/result.json and the figures of README.md,
 *                                              unless a figure dropped (--accept writes all the same)
 *   node scripts/eval.ts --check               fails when a figure is below eval/result.json, when that was measured on
 *                                              another knowledge base and a figure differs, or README.md differs
 *   node scripts/eval.ts --names               names diseases of misses and of matches that want a human eye
 *   node scripts/eval.ts --cases other.jsonl   another set; writes nothing
 *   node scripts/eval.ts --bundle old.json     another knowledge base; writes nothing
 *   node scripts/eval.ts --set temperature=1.5 --set unsaid.low=0.1   other parameters; writes nothing
 *   node scripts/eval.ts --profile             speed on generated notes only
 *   node scripts/eval.ts --self                conditions that their own findings do not single out
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEngine } from '../packages/clinical/src/engine.ts';
import type { KnowledgeBundle } from '../packages/clinical/src/knowledge/schema.ts';
import { DEFAULT_PARAMETERS, type Parameters } from '../packages/clinical/src/score/parameters.ts';
import { loadCases, OPEN_CASES } from './eval/cases.ts';
import { drops, staleFigures } from './eval/compare.ts';
import { type Figures, measureQuick, measureRest } from './eval/figures.ts';
import { profile } from './eval/profile.ts';
import { withFigures } from './eval/readme.ts';
import { caseReport, safetyReport } from './eval/report.ts';
import { runCases } from './eval/run.ts';
import { findConfusable } from './eval/self.ts';
import { KNOWLEDGE_ROOT, loadKnowledge } from './knowledge/load.ts';

const ROOT = join(import.meta.dirname, '..');
const RESULT = join(ROOT, 'eval/result.json');
const README = join(ROOT, 'README.md');

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string' },
    bundle: { type: 'string' },
    names: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    accept: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    self: { type: 'boolean', default: false },
    set: { type: 'string', multiple: true, default: [] },
  },
});

const print = (line = ''): boolean => process.stdout.write(`${line}\n`);
const bundle = options.bundle
  ? (JSON.parse(readFileSync(options.bundle, 'utf8')) as KnowledgeBundle)
  : loadKnowledge(KNOWLEDGE_ROOT).bundle;
const parameters = withChanges(DEFAULT_PARAMETERS, options.set);

if (options.profile) printProfile();
else if (options.self) printConfusable();
else if (options.check) check();
else if (options.cases || options.bundle || options.set.length > 0) tryOut();
else measure();

/** `temperature=1.5`, `unsaid.low=0.1`. */
function withChanges(base: Parameters, changes: readonly string[]): Parameters {
  const changed = structuredClone(base) as Record<string, unknown>;
  for (const change of changes) {
    const [path = '', value = ''] = change.split('=');
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], changed);
    if (typeof (holder as Record<string, unknown>)?.[last] !== 'number' || Number.isNaN(Number(value)))
      throw new Error(`--set ${change}: no such number among the parameters`);
    (holder as Record<string, unknown>)[last] = Number(value);
  }
  return changed as Parameters;
}

function printProfile(): void {
  const t = profile(() => createEngine(bundle, { parameters }));
  print(
    `${bundle.conditions.length} conditions, ${Object.keys(bundle.findings).length} findings, ${t.cases} generated notes`,
  );
  print(
    `p50 ${t.p50.toFixed(2)} ms, p95 ${t.p95.toFixed(2)} ms, max ${t.max.toFixed(2)} ms a case; ready after ${t.compile.toFixed(0)} ms`,
  );
}

function printConfusable(): void {
  for (const c of findConfusable(bundle, parameters))
    print(
      `${c.id} (${c.animal}) ${c.rank === null ? 'not listed' : `rank ${c.rank}`}: behind ${c.ahead.join(', ')}`,
    );
}

function tryOut(): void {
  const cases = loadCases(options.cases ?? OPEN_CASES);
  const outcomes = runCases(createEngine(bundle, { parameters }), parameters, cases);
  for (const line of caseReport(outcomes, options.names)) print(line);
}

/** Quick figures against the committed ones; the rest is taken as committed. */
function check(): void {
  const committed = JSON.parse(readFileSync(RESULT, 'utf8')) as Figures;
  const now = measureQuick(createEngine(bundle));
  const dropped = drops(committed, now);
  const problems = dropped.map((drop) => `dropped: ${drop}`);
  const stale = staleFigures(committed, now, bundle.version);
  if (stale.said) console.error(stale.said);
  for (const problem of stale.problems)
    if (!dropped.includes(problem)) problems.push(`of another knowledge base: ${problem}`);
  const readme = readFileSync(README, 'utf8');
  if (withFigures(readme, committed) !== readme)
    problems.push('README.md does not show the figures of eval/result.json');
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) console.error('npm run eval measures again');
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function measure(): void {
  const engine = createEngine(bundle);
  const { outcomes, ...quick } = measureQuick(engine);
  for (const set of ['open', 'vignettes'] as const) {
    print(`\n${set}`);
    for (const line of caseReport(outcomes[set], options.names)) print(line);
  }
  const figures: Figures = { knowledge: bundle.version, ...quick, ...measureRest(engine) };
  print();
  for (const line of safetyReport(figures)) print(line);
  const dropped = existsSync(RESULT) ? drops(JSON.parse(readFileSync(RESULT, 'utf8')), quick) : [];
  for (const drop of dropped) console.error(`dropped: ${drop}`);
  if (dropped.length > 0 && !options.accept) {
    console.error('not written: --accept writes all the same');
    process.exitCode = 1;
    return;
  }
  writeFileSync(RESULT, `${JSON.stringify(figures, null, 1)}\n`);
  writeFileSync(README, withFigures(readFileSync(README, 'utf8'), figures));
}
