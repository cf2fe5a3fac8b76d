/** The phrases of phrases.yaml against the real vocabulary. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { KNOWLEDGE_ROOT, loadKnowledge } from '../../../scripts/knowledge/load.ts';
import type { Species } from '../src/animals.ts';
import { effectiveFindings } from '../src/text/effective.ts';
import { compileTextModel, extract } from '../src/text/extract.ts';

const MOODS = ['present', 'absent', 'possible', 'historical', 'hypothetical', 'other_animal'] as const;
type Row = { note?: string; labs?: string; species?: Species } & {
  [mood in (typeof MOODS)[number]]?: string[];
};

const rows = parse(readFileSync(join(import.meta.dirname, 'phrases.yaml'), 'utf8')) as Row[];
const { bundle } = loadKnowledge(KNOWLEDGE_ROOT);
const model = compileTextModel(bundle);

/** Time course, signalment and "normal" results may be read besides what a row is about. */
const isAside = (id: string) =>
  id.startsWith('normal_') || /^(?:course|signalment)$/.test(bundle.findings[id]?.kind ?? '');

function problemsOf(row: Row): string[] {
  const { findings } = extract(model, {
    species: row.species ?? 'dog',
    clinicalSigns: row.note ?? 'seen',
    labFindings: row.labs ?? null,
  });
  const effective = effectiveFindings(findings);
  const problems: string[] = [];
  const expected = new Set<string>();
  for (const mood of MOODS) {
    for (const id of row[mood] ?? []) {
      const general = [...(model.ancestors.get(id) ?? [])];
      if (mood === 'present' || mood === 'possible')
        for (const known of [id, ...general]) expected.add(known);
      const own = effective.get(id)?.assertion;
      const denied = own === undefined && general.some((a) => effective.get(a)?.assertion === 'absent');
      const got = denied ? 'absent' : (own ?? 'not read');
      if (got !== mood) problems.push(`${id} is ${got}, not ${mood}`);
    }
  }
  for (const [id, { assertion, text }] of effective) {
    const stated = assertion === 'present' || assertion === 'possible';
    if (stated && !expected.has(id) && !isAside(id)) problems.push(`${id} is read from "${text}"`);
  }
  return problems;
}

test('every finding named here exists', () => {
  const named = rows.flatMap((row) => MOODS.flatMap((mood) => row[mood] ?? []));
  expect(named.filter((id) => !(id in bundle.findings))).toEqual([]);
});

test('shorthand speaks of findings and analytes that exist', () => {
  const { normal, dipstick, panels, durations } = bundle.abbreviations;
  const findings = [...normal.flatMap((n) => n.deny), ...[...dipstick, ...durations].map((d) => d.finding)];
  expect(findings.filter((id) => !(id in bundle.findings))).toEqual([]);
  expect(panels.flatMap((p) => p.analytes).filter((id) => !(id in bundle.analytes))).toEqual([]);
});

describe('phrases', () => {
  test.each(rows.map((row) => [row.note ?? `labs: ${row.labs}`, row] as const))('%s', (_, row) =>
    expect(problemsOf(row)).toEqual([]),
  );
});
