import { describe, expect, test } from 'vitest';
import { present, read, readings } from './fixture.ts';

describe('phrases', () => {
  test.each<[string, string[]]>([
    ['drinking much more', ['polydipsia']],
    ['drinking and urinating more', ['polydipsia', 'polyuria']],
    ['increased thirst and urination', ['polydipsia', 'polyuria']],
    ['abdominal distension and pain', ['abdominal_distension', 'abdominal_pain']],
    ['abdomen tense and painful', ['abdominal_pain']],
    ['belly pain', ['abdominal_pain']],
    ['mucous membranes are pale', ['pale_mm']],
    ['MM pale and tacky', ['pale_mm', 'tacky_mm']],
    ['pale, tacky mucous membranes', ['pale_mm', 'tacky_mm']],
    ['blood in vomit', ['haematemesis']],
    ['vomiting and blood in stool', ['haematochezia', 'vomiting']],
    ['blood in poo', ['haematochezia']],
    ['non-productive retching', ['nonproductive_retching']],
    ['lost weight', ['weight_loss']],
    ['vomitting and diarhea', ['diarrhoea', 'vomiting']],
    ['HBC', ['trauma']],
    ['SOB', ['dyspnoea']],
    ['PU/PD', ['polydipsia', 'polyuria']],
    ['cataracts', ['cataract']],
    ['a cat', []],
  ])('%s', (note, expected) => expect(present(note)).toEqual(expected));
});

describe('signs by letter', () => {
  test.each<[string, Record<string, string>]>([
    ['V+', { vomiting: 'present' }],
    ['V-, D+', { vomiting: 'absent', diarrhoea: 'present' }],
    ['V-D-', { vomiting: 'absent', diarrhoea: 'absent' }],
    ['-V +D', { vomiting: 'absent', diarrhoea: 'present' }],
    ['V+/D-', { vomiting: 'present', diarrhoea: 'absent' }],
    ['V/D x 3 days', { vomiting: 'present', diarrhoea: 'present' }],
    ['no V/D/C/S', { vomiting: 'absent', diarrhoea: 'absent', coughing: 'absent', sneezing: 'absent' }],
    ['V+ x3d, D-', { vomiting: 'present', diarrhoea: 'absent' }],
    ['No V or D', { vomiting: 'absent', diarrhoea: 'absent' }],
    ['Vitamin D given, grade C', {}],
  ])('%s', (note, expected) => expect(readings(note)).toEqual(expected));
});

describe('statements of health', () => {
  test('deny findings, unless those are stated', () => {
    expect(readings('BAR, mm pink, eating well')).toEqual({
      lethargy: 'absent',
      pale_mm: 'absent',
      anorexia: 'absent',
      decreased_appetite: 'absent',
    });
    expect(readings('BAR today but lethargic at home')).toEqual({ lethargy: 'present' });
    expect(readings('not eating well')).toEqual({ anorexia: 'possible' });
  });
});

describe('what was not understood', () => {
  test('is listed in stretches, without stop words', () => {
    const { notUsed } = read('Vomiting since Monday, purple spots on the left elbow, seems happy.');
    expect(notUsed.map((u) => u.text)).toEqual(['purple spots on the left elbow', 'happy']);
  });
  test('lists the plan', () => {
    expect(read('Cough. Plan: maropitant injection').notUsed.map((u) => u.text)).toEqual([
      'maropitant injection',
    ]);
  });
});

test('corrections come last and override every mention', () => {
  const { findings } = read('vomiting; no cough', {
    corrections: [
      { finding: 'vomiting', assertion: 'absent' },
      { finding: 'fever', assertion: 'present' },
      { finding: 'unknown_id', assertion: 'present' },
    ],
  });
  expect(findings.map((f) => [f.id, f.assertion, f.corrected ?? false, f.text])).toEqual([
    ['vomiting', 'absent', true, 'vomiting'],
    ['coughing', 'absent', false, 'cough'],
    ['fever', 'present', true, ''],
  ]);
});
