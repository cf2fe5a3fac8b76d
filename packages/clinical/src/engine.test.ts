import { expect, test } from 'vitest';
import { toyBundle } from '../test/support/toy.ts';
import { createEngine } from './engine.ts';
import { parseProtocol } from './protocol/parse.ts';

const bundle = toyBundle();
const words: Record<string, string[]> = {
  vomiting: ['vomiting', 'vomit'],
  diarrhoea: ['diarrhoea'],
  lethargy: ['lethargic', 'lethargy'],
  fever: ['fever', 'pyrexia'],
  straining: ['straining to urinate'],
  big_bladder: ['large bladder', 'distended bladder'],
  polyuria: ['urinating a lot'],
  polydipsia: ['drinking a lot'],
  weight_loss: ['weight loss', 'losing weight'],
};
for (const [id, phrases] of Object.entries(words)) {
  const finding = bundle.findings[id];
  if (finding) bundle.findings[id] = { ...finding, words: phrases };
}
const engine = createEngine(bundle);

test('a typed note becomes a ranked, explained list', () => {
  const result = engine.analyze({
    species: 'dog',
    age: '8 y',
    sex: 'FS',
    clinicalSigns: 'Drinking a lot, urinating a lot and losing weight. No vomiting.',
  });
  expect(result.diagnoses[0]?.id).toBe('diabetes-mellitus');
  expect(result.diagnoses[0]?.findingsFor.map((e) => e.text)).toContain('losing weight');
  expect(result.findings.find((f) => f.id === 'vomiting')?.assertion).toBe('absent');
  expect(result.signalment.ageYears).toBe(8);
  expect(result.version).toBe('toy');
});

test('a correction of the vet overrides what was read', () => {
  const note = { species: 'cat', sex: 'M', clinicalSigns: 'Straining to urinate, large bladder.' } as const;
  expect(engine.analyze(note).redFlags).toHaveLength(1);
  const corrected = engine.analyze({ ...note, corrections: [{ finding: 'straining', assertion: 'absent' }] });
  expect(corrected.redFlags).toHaveLength(0);
  expect(corrected.diagnoses.flatMap((d) => d.findingsFor.map((e) => e.finding))).not.toContain('straining');
});

test('a protocol is read through the same text engine', () => {
  const protocol = parseProtocol(
    [
      'Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan',
      'Enteritis,vomiting;diarrhoea;NO fever,10,20,,',
      'Pneumonia,cough;pyrexia,30,20,,',
    ].join('\n'),
  );
  const result = engine.analyzeProtocol(
    { species: 'dog', clinicalSigns: 'Vomit twice today, lethargic, no fever. No diarrhoea.' },
    protocol,
  );
  expect(result.engine).toBe('protocol');
  expect(result.diagnoses.map((d) => [d.name, d.points])).toEqual([['Enteritis', 50]]);
  expect(result.diagnoses[0]?.findingsFor.map((e) => e.label)).toEqual(['vomiting', 'NO fever']);
});

test('a case of nothing but noise gives no diagnosis and does not throw', () => {
  const result = engine.analyze({ species: 'other', clinicalSigns: '\u0000 ??? \ud800 ,,, ' });
  expect(result.diagnoses).toEqual([]);
});

test('a row for the very young is not excluded by an age that is only guessed from "puppy"', () => {
  const protocol = parseProtocol(
    [
      'Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan,Age_Max',
      'Neonatal enteritis,diarrhoea,10,20,,,4 weeks',
    ].join('\n'),
  );
  const names = (clinicalSigns: string) =>
    engine.analyzeProtocol({ species: 'dog', clinicalSigns }, protocol).diagnoses.map((d) => d.name);
  expect(names('Puppy, diarrhoea')).toEqual(['Neonatal enteritis']);
  expect(names('Puppy, 10 weeks old, diarrhoea')).toEqual([]);
});
