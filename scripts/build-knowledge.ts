/**
 * Checks `knowledge/` and writes the one file that the engine reads.
 *
 *   node scripts/build-knowledge.ts             check and write; nothing is written when there are errors
 *   node scripts/build-knowledge.ts --check     check only
 *   node scripts/build-knowledge.ts --lenient   write what is sound, leaving broken entries out (while authoring)
 *   node scripts/build-knowledge.ts --coverage  print what it holds, by animal, system, review and sources
 *   node scripts/build-knowledge.ts --phrases   list the phrases that the text engine does not read as their finding
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { coverageLines, measureCoverage, shortfalls } from './knowledge/coverage.ts';
import { KNOWLEDGE_ROOT, loadKnowledge } from './knowledge/load.ts';
import { findMisread } from './knowledge/phrases.ts';
import type { Problem } from './knowledge/source.ts';

const OUTPUT = join(import.meta.dirname, '../packages/clinical/generated/knowledge.json');

const flags = new Set(process.argv.slice(2));
const { bundle, problems, report, caseload } = loadKnowledge(KNOWLEDGE_ROOT);
const errors = problems.filter((p) => p.level === 'error');
const coverage = measureCoverage(bundle);
const short = shortfalls(coverage);

for (const problem of problems.sort(byPlace)) {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  console.error(
    `${problem.level === 'error' ? 'error  ' : 'warning'} knowledge/${place}  ${problem.message}`,
  );
}
if (report.missingConditions.length > 0)
  console.warn(`not written yet, named by red flags: ${report.missingConditions.join(', ')}`);
if (flags.has('--phrases'))
  for (const { finding, phrase, read } of findMisread(bundle))
    console.warn(`phrase "${phrase}" of ${finding} is read as ${read.join(', ') || 'nothing'}`);

if (flags.has('--coverage')) for (const line of coverageLines(coverage)) process.stdout.write(`${line}\n`);
for (const line of short) console.error(`error   too little: ${line}`);

const write = !flags.has('--check') && (errors.length === 0 || flags.has('--lenient'));
if (write) {
  mkdirSync(dirname(OUTPUT), { recursive: true });
  writeFileSync(OUTPUT, JSON.stringify(bundle));
}
const waves = caseload.byWave.map((w) => `wave ${w.wave} ${w.written}/${w.planned}`).join(', ');
if (caseload.planned > 0)
  console.warn(`caseload written: ${caseload.written}/${caseload.planned} (${waves})`);
const counts = [
  `${bundle.conditions.length} conditions`,
  `${Object.keys(bundle.findings).length} findings`,
  `${Object.keys(bundle.redFlags).length} red flags`,
  `${Object.keys(bundle.references).length} references`,
].join(', ');
console.warn(`knowledge ${bundle.version}: ${counts}; ${errors.length} errors${write ? ', written' : ''}`);
process.exitCode = errors.length + short.length > 0 && !flags.has('--lenient') ? 1 : 0;

function byPlace(a: Problem, b: Problem): number {
  return a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0);
}
