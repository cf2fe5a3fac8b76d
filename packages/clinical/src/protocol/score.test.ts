import { describe, expect, test } from 'vitest';
import { toyBundle, toyText } from '../../test/support/toy.ts';
import type { Sex } from '../animals.ts';
import { assembleEngine } from '../assemble.ts';
import type { CaseInput } from '../types.ts';
import { parseProtocol } from './parse.ts';
import { type KeywordReader, pointsOf } from './score.ts';

const bundle = toyBundle();

/** Reads the notation of the toy text engine: `+fever` present, `-fever` absent. */
const compileKeywords: KeywordReader = (keywords) => ({
  doubts: keywords.map(() => null),
  match: (input) =>
    keywords.map((keyword) => {
      const at = input.clinicalSigns.indexOf(keyword.replaceAll(' ', '_'));
      const sign = input.clinicalSigns[at - 1];
      return at < 0
        ? { state: 'unmentioned', text: '' }
        : { state: sign === '-' ? 'absent' : 'present', text: keyword };
    }),
});
const engine = assembleEngine(bundle, { ...toyText(bundle), compileKeywords });

const HEADER =
  'Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan,Species,Sex,Age_Min,Age_Max,Exclude_Keywords,Cannot_Miss,Refs';

function run(rows: string[], signs: string, more: Partial<CaseInput> = {}) {
  const protocol = parseProtocol([HEADER, ...rows].join('\n'));
  expect(protocol.errors).toEqual([]);
  return engine.analyzeProtocol({ species: 'dog', clinicalSigns: signs, ...more }, protocol);
}
const points = (result: ReturnType<typeof run>) => result.diagnoses.map((d) => [d.name, d.points]);

describe('arithmetic', () => {
  test.each([
    [10, [20, 20], 50],
    [10.1, [0.2], 10.3],
    [0.1, [0.2, 0.3], 0.6],
    [50, [30, 30], 99],
    [0, [], 0],
    [99.5, [], 99],
  ])('%d with %j is %d', (base, weights, expected) => expect(pointsOf(base, weights)).toBe(expected));

  test('points = min(99, Base + Weight x matched), own weights instead of the row weight', () => {
    const rows = [
      'A,fever;vomiting;diarrhoea,10,15,,',
      'B,"fever:30;vomiting",5,10,,',
      'C,fever;vomiting,60,25,,',
    ];
    expect(points(run(rows, '+fever +vomiting'))).toEqual([
      ['C', 99],
      ['B', 45],
      ['A', 40],
    ]);
  });

  test('matched and missed keywords are listed with the sum', () => {
    const [first] = run(
      ['A,"fever:30;vomiting;diarrhoea",10,15,CBC; X-ray,Rest; fluids'],
      '+fever +vomiting',
    ).diagnoses;
    expect(first?.findingsFor.map((e) => [e.label, e.weight])).toEqual([
      ['fever:30', 30],
      ['vomiting', 15],
    ]);
    expect(first?.findingsAgainst.map((e) => [e.label, e.weight])).toEqual([['diarrhoea', 0]]);
    expect(first?.reasoning).toBe(
      '10 + 15 x 1 + 30 (fever) = 55 points. 2 of 3 keywords match: fever and vomiting. Not found: diarrhoea.',
    );
    expect(first?.probability).toBeNull();
    expect(first?.suggestedTests.map((t) => t.name)).toEqual(['CBC', 'X-ray']);
    expect(first?.treatmentPlan.treat).toEqual(['Rest', 'fluids']);
  });

  test('NO x counts when x is explicitly absent, not when it is unmentioned', () => {
    const rows = ['A,"NO fever;vomiting",10,15,,'];
    expect(points(run(rows, '+vomiting -fever'))).toEqual([['A', 40]]);
    expect(points(run(rows, '+vomiting'))).toEqual([['A', 25]]);
    expect(points(run(rows, '+vomiting +fever'))).toEqual([['A', 25]]);
  });

  test('ties go to the larger share of matched keywords, then to the order of the file', () => {
    const rows = ['A,fever;vomiting,10,20,,', 'B,fever,10,20,,', 'C,fever,10,20,,'];
    expect(points(run(rows, '+fever')).map(([name]) => name)).toEqual(['B', 'C', 'A']);
  });
});

describe('rows that do not apply', () => {
  test('rows without a match are folded away, whatever their base', () => {
    const result = run(['A,cough,90,5,,', 'B,fever,1,5,,'], '+fever');
    expect(points(result)).toEqual([['B', 6]]);
    expect(result.notices).toContain('1 row of the protocol without a match not shown.');
    expect(result.other).toBe(0);
  });

  test.each<[string, string, Partial<CaseInput>, string | null]>([
    ['species', 'A,fever,1,5,,,cat,,,,,,', {}, 'the row is for another species'],
    ['sex', 'A,fever,1,5,,,,F,,,,,', { sex: 'M' as Sex }, 'the row is for F only'],
    ['sex unknown', 'A,fever,1,5,,,,F,,,,,', {}, null],
    ['too young', 'A,fever,1,5,,,,,2,,,,', { age: '1' }, 'the patient is younger than Age_Min'],
    ['too old', 'A,fever,1,5,,,,,,6 months,,,', { age: '1' }, 'the patient is older than Age_Max'],
    ['age fits', 'A,fever,1,5,,,,,1,3,,,', { age: '2' }, null],
    ['exclude keyword', 'A,fever,1,5,,,,,,,vomiting,,', {}, 'excluded by "vomiting"'],
  ])('%s', (_what, row, more, reason) => {
    const result = run([row], '+fever +vomiting', more);
    if (reason === null) expect(points(result)).toEqual([['A', 6]]);
    else expect(result.excluded).toEqual([{ id: 'row-2', name: 'A', reason }]);
  });

  test('cannot miss is urgent, and only web addresses become links', () => {
    const [first] = run(['A,fever,1,5,,,,,,,,yes,https://example.org/a; a book'], '+fever').diagnoses;
    expect(first?.urgent).toBe(true);
    expect(first?.references).toEqual([{ title: 'https://example.org/a', url: 'https://example.org/a' }]);
  });

  test('a protocol with errors is refused', () => {
    const broken = parseProtocol('Disease\nA');
    expect(() => engine.analyzeProtocol({ species: 'dog', clinicalSigns: '+fever' }, broken)).toThrow(
      RangeError,
    );
  });
});
