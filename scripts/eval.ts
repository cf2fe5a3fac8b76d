/**
 * Measures the built-in engine on the open cases (published by others; the knowledge base is not tuned to them).
 *
 *   node scripts/eval.ts                       coverage, top-1/3/5/10, misses by kind; writes eval/result.json
 *   node scripts/eval.ts --names               names diseases of misses and of matches that want a human eye
 *   node scripts/eval.ts --cases other.jsonl   another set; writes nothing
 *   node scripts/eval.ts --bundle old.json     another knowledge base; writes nothing
 *   node scripts/eval.ts --set temperature=1.5 --set unsaid.low=0.1   other parameters; writes nothing
 *   node scripts/eval.ts --profile             speed on generated notes only
 *   node scripts/eval.ts --self                conditions that their own findings do not single out
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEngine } from '../packages/clinical/src/engine.ts';
import type { KnowledgeBundle } from '../packages/clinical/src/knowledge/schema.ts';
import { DEFAULT_PARAMETERS, type Parameters } from '../packages/clinical/src/score/parameters.ts';
import { loadCases, OPEN_CASES } from './eval/cases.ts';
import { RULES } from './eval/match.ts';
import { profile } from './eval/profile.ts';
import { calibration, groupBy, missLines, quantile, SCORE_HEADER, score, scoreLine } from './eval/report.ts';
import { type Outcome, runCases } from './eval/run.ts';
import { findConfusable } from './eval/self.ts';

const ROOT = join(import.meta.dirname, '..');
const KNOWLEDGE = join(ROOT, 'packages/clinical/generated/knowledge.json');
const RESULT = join(ROOT, 'eval/result.json');

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: OPEN_CASES },
    bundle: { type: 'string', default: KNOWLEDGE },
    names: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    self: { type: 'boolean', default: false },
    set: { type: 'string', multiple: true, default: [] },
  },
});

const print = (line = ''): boolean => process.stdout.write(`${line}\n`);
const bundle = JSON.parse(readFileSync(options.bundle, 'utf8')) as KnowledgeBundle;
const parameters = withChanges(DEFAULT_PARAMETERS, options.set);

if (options.profile) {
  const t = profile(() => createEngine(bundle, { parameters }));
  print(
    `${bundle.conditions.length} conditions, ${Object.keys(bundle.findings).length} findings, ${t.cases} generated notes`,
  );
  print(
    `p50 ${t.p50.toFixed(2)} ms, p95 ${t.p95.toFixed(2)} ms, max ${t.max.toFixed(2)} ms a case; ready after ${t.compile.toFixed(0)} ms`,
  );
} else if (options.self) {
  for (const c of findConfusable(bundle, parameters))
    print(
      `${c.id} (${c.animal}) ${c.rank === null ? 'not listed' : `rank ${c.rank}`}: behind ${c.ahead.join(', ')}`,
    );
} else {
  const outcomes = runCases(createEngine(bundle, { parameters }), parameters, loadCases(options.cases));
  printReport(outcomes);
  const standard = options.cases === OPEN_CASES && options.bundle === KNOWLEDGE && options.set.length === 0;
  if (standard) writeResult(outcomes);
}

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

function printReport(outcomes: readonly Outcome[]): void {
  print(`knowledge ${bundle.version}: ${bundle.conditions.length} conditions\n`);
  print(SCORE_HEADER);
  print(scoreLine('all', score(outcomes)));
  for (const key of ['species', 'difficulty', 'system'] as const) {
    print(`\nby ${key}`);
    for (const [name, group] of groupBy(outcomes, key)) print(scoreLine(name, score(group)));
  }
  print('\nhow sure of the first, over covered cases');
  for (const line of calibration(outcomes)) print(line);
  printMatches(outcomes);
  print('\nnot first');
  const kinds = Object.groupBy(outcomes, (o) => o.kind ?? 'first');
  for (const [kind, list] of Object.entries(kinds)) print(`${kind}: ${list?.length ?? 0}`);
  print();
  for (const line of missLines(outcomes, options.names)) print(line);
  const flags = outcomes.reduce((sum, o) => sum + o.redFlags, 0) / Math.max(1, outcomes.length);
  const times = outcomes.map((o) => o.milliseconds);
  print(
    `\nred flags a case ${flags.toFixed(2)}; time p50 ${quantile(times, 0.5).toFixed(2)} ms, p95 ${quantile(times, 0.95).toFixed(2)} ms`,
  );
}

function printMatches(outcomes: readonly Outcome[]): void {
  print('\nby which rule the name of the diagnosis was found in the base');
  for (const rule of RULES) print(`${rule}: ${outcomes.filter((o) => o.match?.rule === rule).length}`);
  if (!options.names) return;
  for (const { id, match } of outcomes)
    if (match && match.rule !== 'equal')
      print(`${id.padEnd(16)} ${match.rule}: "${match.accepted}" ~ "${match.name}" (${match.condition})`);
}

function writeResult(outcomes: readonly Outcome[]): void {
  const times = outcomes.map((o) => o.milliseconds);
  const table = (key: 'species' | 'difficulty' | 'system') =>
    Object.fromEntries(groupBy(outcomes, key).map(([name, group]) => [name, score(group)]));
  const result = {
    knowledge: bundle.version,
    conditions: bundle.conditions.length,
    all: score(outcomes),
    species: table('species'),
    difficulty: table('difficulty'),
    system: table('system'),
    milliseconds: {
      p50: Number(quantile(times, 0.5).toFixed(2)),
      p95: Number(quantile(times, 0.95).toFixed(2)),
    },
    cases: outcomes.map((o) => ({
      id: o.id,
      rank: o.rank,
      kind: o.kind,
      rule: o.match?.rule ?? null,
      condition: o.match?.condition ?? null,
    })),
  };
  mkdirSync(dirname(RESULT), { recursive: true });
  writeFileSync(RESULT, `${JSON.stringify(result, null, 1)}\n`);
}
