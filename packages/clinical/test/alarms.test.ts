/** Red flags of the real knowledge base on short notes: what must alarm, and what must not, beside each rule's own tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { KNOWLEDGE_ROOT, loadKnowledge } from '../../../scripts/knowledge/load.ts';
import type { Sex, Species } from '../src/animals.ts';
import { createEngine } from '../src/engine.ts';

type Row = {
  note?: string;
  labs?: string;
  species?: Species;
  /** The animal, where `species` is exotic or other. */
  breed?: string;
  sex?: Sex;
  /** Flags that must be among those raised. */
  raises?: string[];
  /** Flags that must not be; `all` for any flag. */
  spares?: string[];
};

const groups = parse(readFileSync(join(import.meta.dirname, 'alarms.yaml'), 'utf8')) as Record<string, Row[]>;
const { bundle } = loadKnowledge(KNOWLEDGE_ROOT);
const engine = createEngine(bundle);

function raisedBy({ note, labs, species, breed, sex }: Row): string[] {
  const { redFlags } = engine.analyze({
    species: species ?? 'dog',
    breed: breed ?? null,
    sex: sex ?? 'MN',
    clinicalSigns: note ?? 'seen',
    labFindings: labs ?? null,
  });
  return redFlags.map((flag) => flag.id);
}

test('every flag named here exists', () => {
  const named = Object.values(groups).flatMap((rows) =>
    rows.flatMap((row) => [...(row.raises ?? []), ...(row.spares ?? [])]),
  );
  expect(named.filter((id) => id !== 'all' && !(id in bundle.redFlags))).toEqual([]);
});

describe.each(Object.entries(groups))('%s', (_, rows) => {
  test.each(rows.map((row) => [row.note ?? `labs: ${row.labs}`, row] as const))('%s', (_note, row) => {
    const raised = raisedBy(row);
    expect(raised).toEqual(expect.arrayContaining(row.raises ?? []));
    const wrong = row.spares?.includes('all') ? raised : raised.filter((id) => row.spares?.includes(id));
    expect(wrong).toEqual([]);
  });
});
