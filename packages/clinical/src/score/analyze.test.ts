import { describe, expect, test } from 'vitest';
import { toyBundle, toyExtraction, toyText } from '../../test/support/toy.ts';
import { SEXES } from '../animals.ts';
import { assembleEngine } from '../assemble.ts';
import type { CaseInput, Signalment } from '../types.ts';
import { analyzeExtraction } from './analyze.ts';
import { compileScoring } from './model.ts';
import { DEFAULT_PARAMETERS } from './parameters.ts';

const bundle = toyBundle();
const model = compileScoring(bundle, DEFAULT_PARAMETERS);
/** Silence weighs the same however much is said: the property holds for stated evidence. */
const steady = compileScoring(bundle, {
  ...DEFAULT_PARAMETERS,
  unsaid: { ...DEFAULT_PARAMETERS.unsaid, high: DEFAULT_PARAMETERS.unsaid.low },
  unsaidUntested: 1,
});

const analyze = (notes: string, more: Partial<Signalment> = {}, using = model) =>
  analyzeExtraction(using, toyExtraction(bundle, notes, more), []);
const place = (result: ReturnType<typeof analyze>, id: string) =>
  result.diagnoses.findIndex((d) => d.id === id);
const weightFor = (result: ReturnType<typeof analyze>, id: string, finding: string) =>
  result.diagnoses[place(result, id)]?.findingsFor.find((e) => e.finding === finding)?.weight ?? 0;

/** A small generator with a seed, so that failures repeat. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomNotes(next: () => number): string {
  const signs = ['+', '+', '-', '?', '<'];
  return Object.keys(bundle.findings)
    .filter(() => next() < 0.3)
    .map((id) => `${signs[Math.floor(next() * signs.length)]}${id}`)
    .join(' ');
}

describe('ranking', () => {
  test('the condition whose findings are stated leads, with its reasons', () => {
    const result = analyze('+polyuria +polydipsia +weight_loss +hyperglycaemia');
    const [first] = result.diagnoses;
    expect(first?.id).toBe('diabetes-mellitus');
    expect(first?.band).toBe('leading');
    expect(first?.findingsFor.map((e) => e.finding)[0]).toBe('hyperglycaemia');
    expect(first?.reasoning).toMatch(/^Consider: hyperglycaemia, .* are compatible with it\./);
    expect(first?.references).toEqual([
      { title: 'A page of a book, Publisher', url: 'https://example.org/page' },
    ]);
    expect(result.diagnoses.length).toBeGreaterThanOrEqual(10);
    expect(result.summary).toContain('most compatible with Diabetes mellitus');
  });

  test('shares and other add up to 100', () => {
    const next = random(7);
    const wide = compileScoring(bundle, DEFAULT_PARAMETERS);
    for (let i = 0; i < 50; i++) {
      const result = analyze(`${randomNotes(next)} +lethargy`, {}, wide);
      const sum = result.diagnoses.reduce((total, d) => total + (d.probability ?? 0), result.other);
      expect(sum).toBeGreaterThan(97);
      expect(sum).toBeLessThan(100 + 1e-9);
    }
    const rats = analyze('+lethargy +weight_loss +fever', { species: 'exotic', animals: ['rat'] });
    expect(rats.diagnoses.reduce((total, d) => total + (d.probability ?? 0), rats.other)).toBeCloseTo(100, 9);
  });

  test('same case, same answer', () => {
    const notes = '+vomiting -fever ?polyuria +lethargy';
    expect(analyze(notes)).toEqual(analyze(notes, {}, compileScoring(bundle, DEFAULT_PARAMETERS)));
  });

  test('unexplained important findings raise "other" and are named', () => {
    const some = analyze('+polyuria +polydipsia +weight_loss +hyperglycaemia');
    const more = analyze('+polyuria +polydipsia +weight_loss +hyperglycaemia +lily_exposure +straining');
    expect(more.other).toBeGreaterThan(some.other);
    const diabetes = more.diagnoses[place(more, 'diabetes-mellitus')];
    expect(diabetes?.unexplained).toEqual(expect.arrayContaining(['Lily exposure', 'Straining to urinate']));
    expect(more.other).toBeLessThanOrEqual(40);
  });

  test('a finding that argues against lowers the condition and is shown against it', () => {
    const without = analyze('+vomiting +lethargy +hyperkalaemia');
    const against = analyze('+vomiting +lethargy +hyperkalaemia +stress_leukogram');
    const [a, b] = [without, against].map((r) => r.diagnoses[place(r, 'hypoadrenocorticism')]);
    expect(b?.probability).toBeLessThan(a?.probability ?? 0);
    expect(b?.findingsAgainst[0]?.finding).toBe('stress_leukogram');
    expect(b?.reasoning).toContain('argues against it');
  });

  test('an expected finding that is explicitly absent argues against', () => {
    const silent = analyze('+lethargy +fever +weight_loss');
    const denied = analyze('+lethargy +fever +weight_loss -vomiting');
    const [a, b] = [silent, denied].map((r) => r.diagnoses[place(r, 'gastroenteritis')]);
    expect(b?.probability).toBeLessThan(a?.probability ?? 0);
    expect(b?.findingsAgainst.map((e) => e.finding)).toContain('vomiting');
  });

  test('what is only possible counts less than what is present, what is hypothetical not at all', () => {
    const present = weightFor(analyze('+lethargy +hyperkalaemia'), 'hypoadrenocorticism', 'hyperkalaemia');
    const possible = weightFor(analyze('+lethargy ?hyperkalaemia'), 'hypoadrenocorticism', 'hyperkalaemia');
    expect(possible).toBeGreaterThan(0);
    expect(possible).toBeLessThan(present);
    expect(weightFor(analyze('+lethargy ~hyperkalaemia'), 'hypoadrenocorticism', 'hyperkalaemia')).toBe(0);
  });

  test('an exposure told as past counts in full', () => {
    const cat: Partial<Signalment> = { species: 'cat', animals: ['cat'] };
    expect(analyze('+vomiting <lily_exposure', cat).diagnoses[0]).toEqual(
      expect.objectContaining({ id: 'lily-nephrotoxicity' }),
    );
  });
});

describe('parents and children', () => {
  test('a stated child meets a condition that lists the parent, once', () => {
    const child = analyze('+haematemesis +lethargy +diarrhoea');
    expect(weightFor(child, 'gastroenteritis', 'haematemesis')).toBeGreaterThan(0);
    const both = analyze('+haematemesis +vomiting +lethargy +diarrhoea');
    expect(both.diagnoses.map((d) => [d.id, d.probability])).toEqual(
      child.diagnoses.map((d) => [d.id, d.probability]),
    );
  });

  test('the specific condition gains more from the specific word', () => {
    const general = analyze('+vomiting +lethargy +weight_loss');
    const specific = analyze('+haematemesis +lethargy +weight_loss');
    const odds = (r: typeof general) =>
      (r.diagnoses[place(r, 'gastric-ulcer')]?.probability ?? 0) /
      (r.diagnoses[place(r, 'gastroenteritis')]?.probability ?? 1);
    expect(odds(specific)).toBeGreaterThan(odds(general));
  });

  test('a stated parent gives a condition that lists only the child some credit', () => {
    const general = analyze('+vomiting +lethargy +weight_loss');
    const specific = analyze('+bilious_vomiting +lethargy +weight_loss');
    const id = 'bilious-vomiting-syndrome';
    expect(weightFor(general, id, 'vomiting')).toBeGreaterThan(0);
    expect(weightFor(specific, id, 'bilious_vomiting')).toBeGreaterThan(weightFor(general, id, 'vomiting'));
  });

  test('P(parent | condition) is never below P(child | condition)', () => {
    const n = model.findings.length;
    model.conditions.forEach((_, c) => {
      model.ancestors.forEach((ancestors, f) => {
        for (const a of ancestors)
          expect(model.freq[c * n + a]).toBeGreaterThanOrEqual(model.freq[c * n + f] as number);
      });
    });
  });

  test('two stated children of one listed parent are one piece of evidence', () => {
    const one = analyze('+haematemesis +lethargy');
    const two = analyze('+haematemesis +bilious_vomiting +lethargy');
    const total = (r: typeof one) =>
      r.diagnoses[place(r, 'gastroenteritis')]?.findingsFor.reduce((sum, e) => sum + e.weight, 0) ?? 0;
    expect(total(two)).toBeCloseTo(total(one), 6);
  });
});

describe('gates', () => {
  test('no condition of another species or an impossible sex is ever listed', () => {
    const next = random(11);
    const animals = ['dog', 'cat', 'ferret', 'horse'] as const;
    for (let i = 0; i < 400; i++) {
      const animal = animals[Math.floor(next() * animals.length)] ?? 'dog';
      const sex = [...SEXES, null][Math.floor(next() * 5)] ?? null;
      const result = analyze(`${randomNotes(next)} +lethargy`, { animals: [animal], sex });
      for (const { id } of result.diagnoses) {
        const condition = bundle.conditions.find((c) => c.id === id);
        expect(condition?.species).toHaveProperty(animal);
        if (sex) expect(condition?.signalment.sex?.[sex]).not.toBe(0);
      }
    }
  });

  test('a fitting condition that the sex rules out is named with the reason; one that does not fit is not', () => {
    const notes = '+vulvar_discharge +polydipsia +lethargy';
    const spayed = analyze(notes, { sex: 'FS' });
    expect(spayed.excluded).toEqual([
      { id: 'pyometra', name: 'Pyometra', reason: 'cannot occur in a spayed female' },
    ]);
    expect(analyze(notes, { sex: 'F' }).diagnoses[0]?.id).toBe('pyometra');
    expect(analyze('+vomiting +haematemesis +weight_loss', { sex: 'FS' }).excluded).toEqual([]);
  });

  test('an unresolved exotic keeps all its animals and says so', () => {
    const result = analyze('+lethargy +weight_loss +fever', {
      species: 'exotic',
      animals: ['ferret', 'rat', 'hamster'],
      resolved: false,
    });
    expect(result.diagnoses.map((d) => d.id)).toEqual(expect.arrayContaining(['filler-0']));
    expect(result.notices.join()).toContain('ferret, rat and hamster');
  });
});

describe('signalment', () => {
  test('age, sex and breed move the share and are shown', () => {
    const share = (more: Partial<Signalment>) => {
      const result = analyze('+polyuria +polydipsia +lethargy', more);
      return result.diagnoses[place(result, 'diabetes-mellitus')];
    };
    expect(share({ ageYears: 9 })?.probability).toBeGreaterThan(share({ ageYears: 0.5 })?.probability ?? 0);
    const samoyed = share({ breedId: 'samoyed', breedGroups: ['spitz'], ageYears: 9 });
    expect(samoyed?.probability).toBeGreaterThan(share({ ageYears: 9 })?.probability ?? 0);
    expect(samoyed?.signalment).toContainEqual({ factor: 'breed samoyed', multiplier: 4 });
    expect(samoyed?.reasoning).toContain('More likely by age 9 years and breed samoyed.');
  });
});

describe('breeds that hardly get a disease', () => {
  const linked = structuredClone(toyBundle());
  const diabetes = linked.conditions.find((c) => c.id === 'diabetes-mellitus');
  if (diabetes) diabetes.signalment = { breeds: { samoyed: 4, other: 0.2 } };
  const using = compileScoring(linked, DEFAULT_PARAMETERS);
  const factors = (breedId: string | null) => {
    const result = analyze('+polyuria +polydipsia +lethargy', { breedId }, using);
    return result.diagnoses[place(result, 'diabetes-mellitus')]?.signalment;
  };

  test.each([
    ['samoyed', [{ factor: 'breed samoyed', multiplier: 4 }]],
    ['boxer', [{ factor: 'breed not among those at risk', multiplier: 0.2 }]],
    [null, []],
  ])('%s', (breed, expected) => expect(factors(breed)).toEqual(expected));
});

describe('monotonicity', () => {
  test('a supporting finding never lowers a condition against one that does not list it', () => {
    const next = random(3);
    for (let i = 0; i < 150; i++) {
      const notes = randomNotes(next).replaceAll('?', '+').replaceAll('<', '+');
      const stated = new Set([...notes.matchAll(/\w+/g)].map((m) => m[0]));
      const before = analyze(`+lethargy ${notes}`, {}, steady);
      for (const { id } of before.diagnoses) {
        const listed = Object.keys(bundle.conditions.find((c) => c.id === id)?.findings ?? {});
        const added = listed.find(
          (f) => !stated.has(f) && f !== 'lethargy' && !f.includes('vomit') && !f.includes('emesis'),
        );
        if (added === undefined) continue;
        const after = analyze(`+lethargy ${notes} +${added}`, {}, steady);
        for (const other of before.diagnoses) {
          const lists = added in (bundle.conditions.find((c) => c.id === other.id)?.findings ?? {});
          const [mineAfter, theirsAfter] = [id, other.id].map(
            (x) => after.diagnoses[place(after, x)]?.probability,
          );
          const [mine, theirs] = [id, other.id].map((x) => before.diagnoses[place(before, x)]?.probability);
          if (lists || !mine || !theirs || !mineAfter || !theirsAfter) continue;
          expect(mineAfter / theirsAfter, `${id} against ${other.id} with ${added}`).toBeGreaterThanOrEqual(
            (mine / theirs) * (1 - 1e-9),
          );
        }
      }
    }
  });
});

describe('few findings, next questions, the rest', () => {
  test('without findings nothing is ranked, and three questions are asked', () => {
    const result = analyze('');
    expect(result.diagnoses).toEqual([]);
    expect(result.notices[0]).toContain('No finding was recognised');
    expect(result.nextQuestions).toHaveLength(3);
  });

  test('too few findings are said, and nothing leads', () => {
    const result = analyze('+vulvar_discharge', { sex: 'F' });
    expect(result.notices[0]).toContain('Only one finding recognised');
    expect(result.diagnoses[0]?.band).not.toBe('leading');
    expect(result.nextQuestions).toHaveLength(3);
  });

  test('questions separate candidates, are open ones, and come cheapest first', () => {
    const result = analyze('+polyuria +polydipsia +lethargy', { sex: 'F' });
    const asked = result.nextQuestions.map((q) => q.finding);
    expect(asked).toContain('vulvar_discharge');
    expect(asked).not.toContain('polyuria');
    const tiers = result.nextQuestions.map((q) => q.test?.tier ?? 0);
    expect(tiers).toEqual([...tiers].sort((a, b) => a - b));
    const glucose = result.nextQuestions.find((q) => q.finding === 'hyperglycaemia');
    expect(glucose?.test).toEqual({ id: 'glucometer', name: 'Glucometer', tier: 1 });
    expect(glucose?.separates[0]).toBe('Diabetes mellitus');
  });

  test('the rest is ranked without what the first diagnosis explains', () => {
    const engine = assembleEngine(bundle, {
      ...toyText(bundle),
      compileKeywords: () => ({ match: () => [], doubts: [] }),
    });
    const input: CaseInput = {
      species: 'cat',
      sex: 'MN',
      clinicalSigns: '+polyuria +polydipsia +weight_loss +hyperglycaemia +straining +big_bladder',
    };
    const first = engine.analyze(input);
    expect(first.diagnoses[0]?.id).toBe('diabetes-mellitus');
    expect(first.redFlags.map((f) => f.id)).toEqual(['urethral-obstruction-cat']);
    const rest = engine.explainRest(first);
    expect(rest.diagnoses[0]?.id).toBe('urethral-obstruction');
    expect(rest.diagnoses.map((d) => d.id)).not.toContain('diabetes-mellitus');
    expect(rest.redFlags).toEqual(first.redFlags);
    expect(rest.findings.map((f) => f.id)).not.toContain('hyperglycaemia');
  });
});
