/** Speed on generated notes: findings of random conditions in their own words. Nothing clinical is measured. */

import { SPECIES, type Species } from '../../packages/clinical/src/animals.ts';
import type { Engine } from '../../packages/clinical/src/assemble.ts';
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import type { CaseInput } from '../../packages/clinical/src/types.ts';
import { quantile } from './report.ts';

/** Deterministic: the same base gives the same notes. */
export function generateNotes(bundle: KnowledgeBundle, count: number): CaseInput[] {
  let state = 1;
  const next = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  return Array.from({ length: count }, () => {
    const condition = bundle.conditions[next(bundle.conditions.length)];
    const listed = Object.keys(condition?.findings ?? bundle.findings);
    const phrases = Array.from({ length: 6 + next(12) }, () => {
      const finding = bundle.findings[listed[next(listed.length)] ?? ''];
      const phrase = finding?.words[next(finding.words.length)] ?? finding?.label.en ?? '';
      return next(6) === 0 ? `no ${phrase}` : phrase;
    });
    const animal = Object.keys(condition?.species ?? { dog: 1 })[0] ?? 'dog';
    const species = SPECIES.find((s) => s === animal) ?? ('dog' satisfies Species);
    return {
      species,
      age: `${1 + next(14)} y`,
      clinicalSigns: `Presented today. ${phrases.join('. ')}. Owner reports it has been going on for ${1 + next(9)} days.`,
      labFindings: 'ALT 340 (10-125), potassium 6.9 mmol/L, PCV 18 %, creatinine 310 umol/L',
    };
  });
}

export type Timing = { cases: number; p50: number; p95: number; max: number; compile: number };

/** Milliseconds a case after warming up. `make` is timed as the cost of compiling the base. */
export function profile(make: () => Engine, count = 500): Timing {
  const start = performance.now();
  const engine = make();
  engine.analyze({ species: 'dog', clinicalSigns: 'vomiting' });
  const compile = performance.now() - start;
  const notes = generateNotes(engine.bundle, count);
  for (const note of notes.slice(0, 50)) engine.analyze(note);
  const times = notes.map((note) => {
    const before = performance.now();
    engine.analyze(note);
    return performance.now() - before;
  });
  return {
    cases: count,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    max: Math.max(...times),
    compile,
  };
}
