/** What the note says of another animal neither rules out the patient's disease nor clears its red flag. */
import { expect, test } from 'vitest';
import { KNOWLEDGE_ROOT, loadKnowledge } from '../../../scripts/knowledge/load.ts';
import type { Species } from '../src/animals.ts';
import { createEngine } from '../src/engine.ts';

const engine = createEngine(loadKnowledge(KNOWLEDGE_ROOT).bundle);

test.each<[Species, string, flag: RegExp]>([
  ['cow', 'Calved a bull calf last night, now down, cold ears, S-bend neck', /milk|hypocalc|parturient/],
  ['dog', 'Mated with a male 9 weeks ago, straining 2 h, dark green vaginal discharge', /dystocia/],
  ['horse', 'Foaled a colt, afterbirth hanging', /placenta/],
  ['horse', 'Foal, weak, not nursing, T 39.4', /foal-sick/],
])('%s: %s', (species, clinicalSigns, flag) => {
  const { redFlags, excluded } = engine.analyze({ species, clinicalSigns });
  expect(redFlags.map((f) => f.id).join()).toMatch(flag);
  expect(excluded).toEqual([]);
});

test('a bare "foal" is neither said to be newborn nor denied to be', () => {
  const { findings } = engine.extract({ species: 'horse', clinicalSigns: 'Foal, weak' });
  const stated = Object.fromEntries(findings.map((f) => [f.id, f.assertion]));
  expect([stated.young_animal, stated.newborn]).toEqual(['present', undefined]);
});
