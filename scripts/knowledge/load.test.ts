import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadKnowledge } from './load.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const FINDINGS = `vomiting:
  label: { en: Vomiting }
  kind: sign
  group: gastrointestinal
  importance: 3
  background: uncommon
  words: [vomiting, being sick]
haematemesis:
  label: { en: Haematemesis }
  kind: sign
  group: gastrointestinal
  importance: 4
  background: rare
  parents: [vomiting]
  words: [vomiting blood]
`;

const CONDITION = `id: gastritis
name: { en: Acute gastritis }
system: gastrointestinal
species: { dog: 4 }
findings: { vomiting: usual, haematemesis: uncommon }
tests: [{ test: radiographs, tier: 2, for: exclude }]
plan: { treat: [Rest the stomach] }
references: [merck-gastritis]
`;

const TESTS = `radiographs: { label: { en: Radiographs }, tier: 2 }\n`;
const REFERENCES = `merck-gastritis: { title: Gastritis in small animals, publisher: MSD }\n`;

/** A small sound knowledge folder with some files replaced or added. */
function load(changes: Record<string, string> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'knowledge-'));
  folders.push(root);
  const files = {
    'findings/gut.yaml': FINDINGS,
    'conditions/gastrointestinal/gastritis.yaml': CONDITION,
    'tests/imaging.yaml': TESTS,
    'references/gut.yaml': REFERENCES,
    ...changes,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const { bundle, problems, report } = loadKnowledge(root);
  const errors = problems.filter((p) => p.level === 'error').map((p) => `${p.file}:${p.line} ${p.message}`);
  return { bundle, errors, report };
}

test('a sound folder becomes a bundle without errors', () => {
  const { bundle, errors, report } = load();
  expect(errors).toEqual([]);
  expect(bundle.conditions[0]?.findings).toEqual({ vomiting: 'usual', haematemesis: 'uncommon' });
  expect(bundle.version).toMatch(/^[0-9a-f]{12}$/);
  expect(report.orphanFindings).toEqual([]);
});

test('the version follows the content', () => {
  expect(load().bundle.version).toBe(load().bundle.version);
  const changed = load({ 'tests/imaging.yaml': TESTS.replace('tier: 2', 'tier: 3') });
  expect(changed.bundle.version).not.toBe(load().bundle.version);
});

test('a value out of the schema is named with its line', () => {
  const { errors, bundle } = load({
    'findings/gut.yaml': FINDINGS.replace('importance: 4', 'importance: 9'),
  });
  expect(errors[0]).toMatch(/^findings\/gut\.yaml:12 haematemesis\.importance/);
  expect(bundle.findings.vomiting).toBeDefined();
});

test.each([
  [
    'an unknown finding',
    CONDITION.replace('haematemesis:', 'hiccups:'),
    /:5 gastritis: unknown finding "hiccups"/,
  ],
  [
    'a name that is not the file name',
    CONDITION.replace('id: gastritis', 'id: gastric'),
    /file is named "gastritis"/,
  ],
  ['an unknown test', CONDITION.replace('radiographs', 'mri'), /unknown test "mri"/],
  ['an unknown reference', CONDITION.replace('merck-', 'book-'), /unknown reference "book-gastritis"/],
  [
    'a wrong folder',
    CONDITION.replace('system: gastro', 'system: hepato').replace('intestinal', 'biliary'),
    /folder "gastrointestinal"/,
  ],
  [
    'an unknown breed',
    `${CONDITION}signalment: { breeds: { unicorn: 2 } }\n`,
    /unknown breed or breed group "unicorn"/,
  ],
  [
    'a drug amount',
    CONDITION.replace('Rest the stomach', 'Give 1 mg/kg of it'),
    /:7 looks like a drug amount/,
  ],
  ['an interval', CONDITION.replace('Rest the stomach', 'Repeat every 8 hours'), /looks like a drug amount/],
])('%s in a condition is an error', (_what, text, message) => {
  const { errors } = load({ 'conditions/gastrointestinal/gastritis.yaml': text });
  expect(errors.join('\n')).toMatch(message);
});

test('one disease written twice is an error, by synonym and spelling too', () => {
  const twin = CONDITION.replace('id: gastritis', 'id: stomach').replace(
    'Acute gastritis',
    'Stomach trouble',
  );
  const { errors } = load({
    'conditions/gastrointestinal/stomach.yaml': `${twin}synonyms: [acute  Gastritis]\n`,
  });
  expect(errors.join('\n')).toMatch(/stomach\.yaml:9 stomach: "acute gastritis" is also a name of gastritis/);
});

test('a second condition that nothing tells apart from the first is an error, unless a breed or test does', () => {
  const twin = CONDITION.replace('id: gastritis', 'id: stomach').replace('Acute gastritis', 'Sore stomach');
  const add = (text: string) => load({ 'conditions/gastrointestinal/stomach.yaml': text }).errors.join('\n');
  expect(add(twin)).toMatch(/stomach: nothing tells it apart from gastritis/);
  expect(add(twin.replace('haematemesis: uncommon', 'haematemesis: cardinal'))).toBe('');
  expect(add(twin.replace('for: exclude', 'for: confirm'))).toBe('');
  expect(add(twin.replace('dog: 4', 'cat: 4'))).toBe('');
});

test.each([
  [
    'a finding of other animals',
    { 'findings/gut.yaml': FINDINGS.replace('parents:', 'species: [cat]\n  parents:') },
    /gastritis: "haematemesis" does not exist in the animals/,
  ],
  [
    'a breed of other animals',
    {
      'breeds/cat.yaml': 'siamese: { name: Siamese, animal: cat }\n',
      'conditions/gastrointestinal/gastritis.yaml': `${CONDITION}signalment: { breeds: { siamese: 2 } }\n`,
    },
    /gastritis: "siamese" is no breed of the animals/,
  ],
  [
    'a disease of food animals without its notice',
    { 'conditions/gastrointestinal/gastritis.yaml': CONDITION.replace('dog: 4', 'cow: 4, goat: 2') },
    /gastritis: occurs in food animals only and has no notice/,
  ],
  [
    'a finding that nothing uses',
    { 'findings/skin.yaml': FINDINGS.replaceAll(/haematemesis|vomiting|being sick/g, (w) => `x${w}`) },
    /xvomiting: is used by no condition and no red flag/,
  ],
])('%s is an error', (_what, changes, message) => {
  expect(load(changes as Record<string, string>).errors.join('\n')).toMatch(message);
});

test('a phrase belongs to one finding, parents do not go in circles, keys are not repeated', () => {
  const twice = load({ 'findings/gut.yaml': FINDINGS.replace('[vomiting blood]', '[Being  sick]') });
  expect(twice.errors.join()).toMatch(/phrase "Being {2}sick" already belongs to vomiting/);
  const loop = load({
    'findings/gut.yaml': FINDINGS.replace('uncommon\n', 'uncommon\n  parents: [haematemesis]\n'),
  });
  expect(loop.errors.join()).toMatch(/circle: vomiting > haematemesis > vomiting/);
  const repeated = load({ 'findings/gut.yaml': `${FINDINGS}vomiting: {}\n` });
  expect(repeated.errors.join()).toMatch(/gut\.yaml:16 Map keys must be unique/);
});

test.each([
  ['an address that nobody looked up', 'url: https://example.org/gastritis', 'look it up'],
  [
    'a look-up that does not say how',
    'url: https://example.org/gastritis, checked: { date: 2026-11-24, how: "" }',
    'checked.how',
  ],
])('a reference with %s is refused', (_name, more, message) => {
  const { errors } = load({
    'references/gut.yaml': REFERENCES.replace('publisher: MSD', `publisher: MSD, ${more}`),
  });
  expect(errors.join(' ')).toContain(message);
});

test('a reference that was looked up, or that is a book without an address, is sound', () => {
  const checked = 'publisher: MSD, url: https://example.org/g, checked: { date: 2026-11-24, how: page read }';
  expect(load({ 'references/gut.yaml': REFERENCES.replace('publisher: MSD', checked) }).errors).toEqual([]);
  expect(load().errors).toEqual([]);
});
