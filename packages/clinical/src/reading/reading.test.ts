import { describe, expect, test } from 'vitest';
import { condition, finding, toyBundle } from '../../test/support/toy.ts';
import { indexConditions, searchConditions } from './condition-index.ts';
import { readCondition } from './condition-page.ts';
import { findLookAlikes } from './look-alikes.ts';

const ADDISON = condition(
  'hypoadrenocorticism',
  { dog: 3 },
  { vomiting: 'usual', hyperkalaemia: 'half', lethargy: 'usual' },
  {
    name: { en: 'Hypoadrenocorticism', pt: 'Hipoadrenocorticismo' },
    synonyms: ["Addison's disease"],
    pt: ['doença de Addison'],
    system: 'endocrine',
    urgent: true,
    against: ['stress_leukogram'],
    signalment: { sex: { M: 0, F: 1.5 }, breeds: { deep_chested: 2 } },
    references: ['book', 'page'],
  },
);

function bundle() {
  const base = toyBundle();
  return {
    ...base,
    conditions: [...base.conditions.filter(({ id }) => id !== ADDISON.id), ADDISON],
    references: {
      ...base.references,
      book: { title: 'A textbook', publisher: 'Elsevier', url: 'https://example.org/unchecked' },
      page: {
        title: 'A page',
        publisher: 'Society',
        url: 'https://example.org/page',
        checked: { date: '2026-11-24', how: 'page read' },
      },
    },
  };
}

describe('the list of conditions', () => {
  const entries = indexConditions(bundle());
  const found = (text: string, animal: 'dog' | 'cat' | null = null) =>
    searchConditions(entries, { text, animal, system: null }).map(({ entry }) => entry.id);

  test.each([
    ['hypoadreno'],
    ['addisons'],
    ["Addison's DISEASE"],
    ['disease addison'],
    ['doenca de addison'],
    ['Hipoadrenocorticismo'],
  ])('finds by any name, whatever its accents and case: %s', (text) => {
    expect(found(text)).toEqual(['hypoadrenocorticism']);
  });

  test('says by which other name a line was found', () => {
    const hits = searchConditions(entries, { text: 'addison', animal: null, system: null });
    expect(hits.map(({ via }) => via)).toEqual(["Addison's disease"]);
    expect(searchConditions(entries, { text: 'hypo', animal: null, system: null })[0]?.via).toBeNull();
  });

  test('words must begin words of one name', () => {
    expect(found('drenocorticism')).toEqual([]);
    expect(found('addison hypoadreno')).toEqual([]);
  });

  test('keeps to the animal and the system', () => {
    expect(found('addison', 'cat')).toEqual([]);
    const endocrine = searchConditions(entries, { text: '', animal: 'dog', system: 'endocrine' });
    expect(endocrine.map(({ entry }) => entry.id)).toContain('hypoadrenocorticism');
    expect(endocrine.every(({ entry }) => entry.system === 'endocrine')).toBe(true);
    expect(found('')).toHaveLength(entries.length);
  });
});

describe('the page of a condition', () => {
  test('says in words what the files say in ids', () => {
    const page = readCondition(bundle(), 'hypoadrenocorticism');
    expect(page).toMatchObject({
      name: 'Hypoadrenocorticism',
      pt: 'Hipoadrenocorticismo',
      species: [{ animal: 'dog', commonness: 3 }],
      findings: [
        { frequency: 'usual', labels: ['Vomiting', 'Lethargy'] },
        { frequency: 'half', labels: ['Hyperkalaemia'] },
      ],
      against: ['Stress leukogram'],
      signalment: {
        sex: [
          { sex: 'M', multiplier: 0 },
          { sex: 'F', multiplier: 1.5 },
        ],
        breeds: [{ name: 'deep chested breeds', multiplier: 2 }],
      },
      review: 'unreviewed',
    });
  });

  test('links only what somebody looked up', () => {
    expect(readCondition(bundle(), 'hypoadrenocorticism')?.references).toEqual([
      { title: 'A textbook', publisher: 'Elsevier', year: null, url: null, checked: null },
      {
        title: 'A page',
        publisher: 'Society',
        year: null,
        url: 'https://example.org/page',
        checked: '2026-11-24, page read',
      },
    ]);
  });

  test('names the red flags that stand for it', () => {
    const base = bundle();
    const [flag] = Object.values(base.redFlags);
    const redFlags = { 'a-flag': { ...flag!, conditions: ['hypoadrenocorticism'] } };
    const page = readCondition({ ...base, redFlags }, 'hypoadrenocorticism');
    expect(page?.redFlags.map(({ id }) => id)).toEqual(['a-flag']);
  });

  test('does not exist for what the base does not hold', () => {
    expect(readCondition(bundle(), 'dragon-pox')).toBeNull();
  });
});

describe('look-alikes', () => {
  const base = {
    ...toyBundle(),
    findings: {
      lethargy: finding('Lethargy'),
      cough: finding('Cough'),
      honking_cough: finding('Honking cough', { parents: ['cough'] }),
      collapsing: finding('Trachea collapses on film'),
      murmur: finding('Murmur'),
      itch: finding('Itch'),
    },
  };
  const tracheal = condition(
    'tracheal-collapse',
    { dog: 4 },
    { honking_cough: 'usual', collapsing: 'half', lethargy: 'half' },
  );
  const others = [
    condition('kennel-cough', { dog: 4 }, { honking_cough: 'usual', lethargy: 'half' }),
    condition('valve-disease', { dog: 4 }, { cough: 'half', collapsing: 'half', murmur: 'half' }),
    condition('atopy', { dog: 4 }, { itch: 'cardinal', lethargy: 'half' }),
    condition('feline-asthma', { cat: 4 }, { honking_cough: 'usual' }),
  ];
  const found = findLookAlikes({ ...base, conditions: [tracheal, ...others] }, tracheal);

  test('share what discriminates, not what every condition has, and live in the same animal', () => {
    expect(found[0]?.id).toBe('kennel-cough');
    expect(found.map(({ id }) => id)).not.toContain('atopy');
    expect(found.map(({ id }) => id)).not.toContain('feline-asthma');
    expect(found.map(({ id }) => id)).not.toContain('tracheal-collapse');
  });

  test('say what is shared, the child instead of its parent, and what sets them apart', () => {
    expect(found[0]?.shared[0]).toBe('Honking cough');
    expect(found[0]?.shared).not.toContain('Cough');
    const valve = found.find(({ id }) => id === 'valve-disease');
    expect([valve?.shared[0], valve?.apart]).toEqual(['Trachea collapses on film', ['Murmur']]);
  });
});
