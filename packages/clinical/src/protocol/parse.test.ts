import { describe, expect, test } from 'vitest';
import { doseWithoutUnit, parseProtocol } from './parse.ts';
import { PROTOCOL_TEMPLATE } from './template.ts';

const HEADER = 'Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan';
const ROW = 'Pyometra,discharge;fever,10,20,Ultrasound,Surgery';
const parse = (...lines: string[]) => parseProtocol(lines.join('\n'));
const messages = (issues: { line: number; column: number; message: string }[]) =>
  issues.map((i) => `${i.line}:${i.column} ${i.message}`);

test('the template is a sound protocol', () => {
  const parsed = parseProtocol(PROTOCOL_TEMPLATE);
  expect(messages(parsed.errors)).toEqual([]);
  expect(messages(parsed.warnings)).toEqual([]);
  expect(parsed.rows).toHaveLength(5);
  expect(parsed.rows[0]?.keywords[0]).toEqual({
    raw: 'vulvar discharge:30',
    text: 'vulvar discharge',
    negated: false,
    weight: 30,
  });
  expect(parsed.rows[1]?.keywords.at(-1)).toEqual(
    expect.objectContaining({ text: 'anorexia', negated: true }),
  );
  expect(parsed.rows[4]).toEqual(
    expect.objectContaining({ animals: ['cat'], sexes: ['M', 'MN'], cannotMiss: true }),
  );
});

describe('CSV as it really comes', () => {
  test('quotes, doubled quotes, line breaks in cells, CRLF, BOM', () => {
    const { rows, errors } = parseProtocol(
      `\ufeff${HEADER}\r\n"Ulcer, gastric","""coffee grounds"", vomiting\r\nmelaena",5,10,,"Line one\r\nline two"\r\n\r\nNext,cough,1,2,,\r\n`,
    );
    expect(messages(errors)).toEqual([]);
    expect(rows[0]?.disease).toBe('Ulcer, gastric');
    expect(rows[0]?.keywords.map((k) => k.text)).toEqual(['"coffee grounds"', 'vomiting', 'melaena']);
    expect(rows[0]?.treatmentPlan).toEqual(['Line one', 'line two']);
    expect(rows.map((r) => r.line)).toEqual([2, 6]);
  });

  test.each([';', '\t'])('separator %j with decimal commas', (separator) => {
    const lines = [
      HEADER.replaceAll(',', separator),
      ['Otitis', 'itch,odour', '12,5', '2,25', '', ''].join(separator),
    ];
    const { rows, errors } = parse(...lines);
    expect(messages(errors)).toEqual([]);
    expect(rows[0]).toEqual(expect.objectContaining({ baseProbability: 12.5, matchWeight: 2.25 }));
    expect(rows[0]?.keywords.map((k) => k.text)).toEqual(['itch', 'odour']);
  });

  test('a decimal comma within quotes, old Mac line ends, header in any case and by alias', () => {
    const { rows, errors } = parseProtocol(
      'diagnosis,KEYWORDS,Base Probability,weight\rGout,"lame"," 7,5 ",10 %\r',
    );
    expect(messages(errors)).toEqual([]);
    expect(rows[0]).toEqual(
      expect.objectContaining({ disease: 'Gout', baseProbability: 7.5, matchWeight: 10 }),
    );
  });
});

describe('errors name line and column', () => {
  test.each([
    ['an empty file', [''], '1:1 The file is empty.'],
    ['only a header', [HEADER], '1:1 No row under the header.'],
    [
      'a missing column',
      ['Disease,Symptom_Keywords,Match_Weight', 'A,b,1'],
      '1:1 Column Base_Probability is missing in the header.',
    ],
    ['a column twice', [`${HEADER},disease`, ROW], '1:87 Column Disease occurs twice.'],
    ['no number', [HEADER, 'A,cough,ten,5,,'], '2:9 Base_Probability: "ten" is not a number.'],
    [
      'a number out of range',
      [HEADER, 'A,cough,120,5,,'],
      '2:9 Base_Probability: 120 is not between 0 and 100.',
    ],
    ['a negative weight', [HEADER, 'A,cough,10,-5,,'], '2:12 Match_Weight: -5 is not between 0 and 100.'],
    ['an empty name', [HEADER, ROW, ',cough,10,5,,'], '3:1 Disease: is empty.'],
    ['no keywords', [HEADER, 'A,,10,5,,'], '2:3 Symptom_Keywords: no keyword, so the row can never match.'],
    ['an open quote', [HEADER, ROW, 'A,"cough,10,5,,'], '3:3 A quote opens here and is never closed.'],
    [
      'text after a quote',
      [HEADER, 'A,"cough" dry,10,5,,'],
      '2:10 Text after a closing quote. Write a quote inside a cell twice ("").',
    ],
    ['too many cells', [HEADER, 'A,cough, dry,10,5,,,'], '2:11 Base_Probability'],
    [
      'an unknown species',
      [`${HEADER},Species`, `${ROW},unicorn`],
      '2:51 Species: "unicorn" is not a species known here.',
    ],
    ['an age that is none', [`${HEADER},Age_Min`, `${ROW},old`], '2:51 Age_Min: "old" is not an age'],
    [
      'ages the wrong way round',
      [`${HEADER},Age_Min,Age_Max`, `${ROW},5,1`],
      '2:53 Age_Max: is below Age_Min.',
    ],
  ])('%s', (_what, lines, expected) => {
    const found = messages(parse(...lines).errors);
    if (_what === 'too many cells') expect(found.join('\n')).toContain('is not a number');
    else expect(found.join('\n')).toContain(expected);
  });

  test('a cell after a cell with line breaks is found in its own line', () => {
    const { errors } = parse(HEADER, '"Two', 'lines",cough,x,5,,');
    expect(messages(errors)).toEqual(['3:14 Base_Probability: "x" is not a number.']);
  });

  test('50,000 rows are refused at once; 5,000 are read', () => {
    const many = parse(
      HEADER,
      ...Array.from({ length: 50_000 }, (_, i) => `Disease ${i},cough,10,${i % 50},,`),
    );
    expect(messages(many.errors)).toEqual([
      '5002:1 More than 5,000 rows. Split the protocol into smaller ones.',
    ]);
    expect(many.rows).toEqual([]);
    const full = parse(
      HEADER,
      ...Array.from({ length: 5000 }, (_, i) => `Disease ${i},cough,10,${i % 50},,`),
    );
    expect(full.rows).toHaveLength(5000);
  });

  test('a thousand errors are not a thousand lines', () => {
    const { errors } = parse(HEADER, ...Array.from({ length: 1000 }, () => 'A,cough,x,5,,'));
    expect(errors).toHaveLength(101);
    expect(errors.at(-1)?.message).toBe('And 900 more from here on.');
  });
});

describe('warnings', () => {
  test.each([
    ['a short keyword', [HEADER, 'A,pu;fever,10,5,,'], '2:3 Symptom_Keywords: "pu" is short'],
    [
      'a disease twice',
      [HEADER, 'Gout,lame,10,5,,', 'gout ,swollen,20,5,,'],
      '3:1 "gout" is already in line 2',
    ],
    [
      'identical weights',
      [HEADER, 'A,aaa,1,5,,', 'B,bbb,1,5,,', 'C,ccc,1,5,,'],
      '2:1 All rows have the same',
    ],
    ['a fraction', [HEADER, 'A,cough,0.3,5,,'], '2:9 Base_Probability: 0.3 is less than one point'],
    ['an unknown column', [`${HEADER},Colour`, `${ROW},red`], '1:87 Column "Colour" is not known'],
    ['a keyword twice', [HEADER, 'A,cough;Cough,10,5,,'], '2:3 Symptom_Keywords: "Cough" occurs twice'],
    [
      'a dose without unit',
      [HEADER, 'A,cough,10,5,,Meloxicam 0.2 SID'],
      '2:15 Treatment_Plan: "0.2 SID" looks like a dose',
    ],
  ])('%s', (_what, lines, expected) => {
    const parsed = parse(...lines);
    expect(messages(parsed.errors)).toEqual([]);
    expect(messages(parsed.warnings).join('\n')).toContain(expected);
  });

  test.each([
    ['0.2/kg', '0.2/kg'],
    ['give 5 per kg', '5 per kg'],
    ['Drug 20 PO BID', '20 PO BID'],
    ['0.2 mg/kg', null],
    ['10 ml/kg/h', null],
    ['Drug 5 mg PO q12h', null],
    ['Recheck in 2 weeks', null],
  ])('dose without unit in %j: %j', (text, dose) => expect(doseWithoutUnit(text)).toBe(dose));
});

test('keywords with a number are shown to whoever knows units, all at once, and doubts become warnings', () => {
  const asked: string[][] = [];
  const { warnings } = parseProtocol(
    [
      'Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan,Exclude_Keywords',
      'A,phosphate > 5; vomiting:20,10,20,,,',
      'B,NO albumin < 2.0,10,15,,,phosphate > 5',
    ].join('\n'),
    (keywords) => {
      asked.push([...keywords]);
      return keywords.map((k) => (k.startsWith('phosphate') ? 'has no unit.' : null));
    },
  );
  expect(asked).toEqual([['phosphate > 5', 'albumin < 2.0']]);
  expect(warnings).toEqual([
    { line: 2, column: 3, message: 'Symptom_Keywords: "phosphate > 5" has no unit.' },
    { line: 3, column: 28, message: 'Exclude_Keywords: "phosphate > 5" has no unit.' },
  ]);
});
