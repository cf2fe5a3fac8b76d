import { describe, expect, test } from 'vitest';
import { read, readings } from './fixture.ts';

const measured = (note: string, labs = '') =>
  Object.fromEntries(
    read(note, { labFindings: labs }).measurements.map((m) => [m.analyte, [m.value, m.flag]]),
  );

describe('numbers', () => {
  test.each<[string, Record<string, [number, string | null]>]>([
    ['T 40.1', { temperature: [40.1, 'H'] }],
    ['39.8 C', { temperature: [39.8, 'H'] }],
    ['temp 103.5F', { temperature: [39.725, 'H'] }],
    ['T 102', { temperature: [38.891, 'normal'] }],
    [
      'T=38.5ºC HR180 RR 40',
      { temperature: [38.5, 'normal'], heart_rate: [180, 'H'], respiratory_rate: [40, 'H'] },
    ],
    ['temp 39,8', { temperature: [39.8, 'H'] }],
    [
      'T 38.5 HR 180 RR 20',
      { temperature: [38.5, 'normal'], heart_rate: [180, 'H'], respiratory_rate: [20, 'normal'] },
    ],
    ['HR: 180 bpm', { heart_rate: [180, 'H'] }],
    ['P 120', { heart_rate: [120, 'normal'] }],
    ['TPR 39.5/150/36', { temperature: [39.5, 'H'], heart_rate: [150, 'H'], respiratory_rate: [36, 'H'] }],
    ['CRT <2', { crt: [2, 'normal'] }],
    ['CRT 3 sec', { crt: [3, 'H'] }],
    ['BCS 3/9', { bcs: [3, null] }],
    ['BCS 2/5', { bcs: [3, null] }],
    ['heart rate of 180 beats per minute', { heart_rate: [180, 'H'] }],
    ['temp (39.9)', { temperature: [39.9, 'H'] }],
  ])('%s', (note, expected) => expect(measured(note)).toEqual(expected));

  test.each<[string, Record<string, [number, string | null]>]>([
    ['ALT 340 (10-125)', { alt: [340, 'H'] }],
    ['ALT 110 (10-125)', { alt: [110, 'normal'] }],
    ['ALT 340 U/L ref 10 - 125 H', { alt: [340, 'H'] }],
    ['ALT\t340\tU/L\t10-125\tH', { alt: [340, 'H'] }],
    ['ALT 110 H', { alt: [110, 'H'] }],
    ['PCV/TP 28/7.0', { pcv: [28, 'L'], total_protein: [70, 'normal'] }],
    ['PCV 29%', { pcv: [29, 'L'] }],
    ['HCT 0.29 L/L', { pcv: [29, 'L'] }],
    ['T4 5.8 ug/dL', { t4: [74.646, 'H'] }],
    ['thrombocytopenia (95 x 10^9/L)', { platelets: [95, 'L'] }],
    ['leukocytosis (18.4 x 10^9/L; RI 3-12)', { wbc: [18.4, 'H'] }],
    ['abdominocentesis: TP 45 g/L', {}],
    ['BUN 234, creat 17.5 mg/dL', { urea: [83.538, 'H'], creatinine: [1547, 'H'] }],
    ['Alb 0.9-1.3', { albumin: [11, 'L'] }],
    ['WBC 25.3 x10^9/L', { wbc: [25.3, 'H'] }],
    ['WBC 25.3 ×10⁹/L', { wbc: [25.3, 'H'] }],
    ['WBC 25,300/µL', { wbc: [25.3, 'H'] }],
    ['plt 12K', { platelets: [12, 'L'] }],
    ['platelets 12,000', { platelets: [12, 'L'] }],
    ['USG 1.012', { usg: [1.012, null] }],
    ['USG 1012', { usg: [1.012, null] }],
    ['SG 1,012', { usg: [1.012, null] }],
    ['Ca 5.8', { calcium: [1.45, 'L'] }],
    ['K+ 7.1', { potassium: [7.1, 'H'] }],
    ['Na 130, K 7.1', { sodium: [130, 'L'], potassium: [7.1, 'H'], na_k_ratio: [18.3, null] }],
    ['platelets <10', { platelets: [10, 'L'] }],
  ])('labs: %s', (labs, expected) => expect(measured('seen', labs)).toEqual(expected));

  test('what is implausible is queried and not used', () => {
    const { measurements, findings } = read('T 401');
    expect(measurements[0]?.query).toContain('implausible');
    expect(findings).toEqual([]);
  });

  test.each(['pt 3 years old', 'K9 unit', 'disc at T13', 'gave K 20 ml', 'seen P 3 days', 'for 4 d'])(
    '"%s" measures nothing',
    (note) => expect(measured(note)).toEqual({}),
  );

  test('species and age choose the range', () => {
    expect(readings('HR 180', { species: 'cat' })).toEqual({ tachycardia: 'absent', bradycardia: 'absent' });
    expect(readings('x', { labFindings: 'ALP 300', age: '10 wk' })).toMatchObject({ high_alp: 'absent' });
    expect(readings('x', { labFindings: 'ALP 300', age: '5 y' })).toMatchObject({ high_alp: 'present' });
  });
});

describe('degrees', () => {
  const labs = (text: string) => readings('seen', { labFindings: text });
  test.each<[string, Record<string, string>]>([
    ['ALT 150', { high_alt: 'present', moderate_high_alt: 'absent' }],
    ['ALT 600', { moderate_high_alt: 'present', marked_high_alt: 'absent' }],
    ['ALT 1200', { marked_high_alt: 'present' }],
    ['ALT 50', { high_alt: 'absent' }],
    ['ALT x6', { moderate_high_alt: 'present', marked_high_alt: 'absent' }],
    ['ALT 12x ULN', { marked_high_alt: 'present' }],
    ['markedly elevated ALT', { marked_high_alt: 'present' }],
    ['ALT mildly elevated', { high_alt: 'present' }],
    ['ALT H', { high_alt: 'present' }],
    ['↑ALT', { high_alt: 'present' }],
    ['ALT ↑↑', { high_alt: 'present' }],
    ['ALT normal', { high_alt: 'absent' }],
    ['ALT within normal limits', { high_alt: 'absent' }],
    ['ALT not elevated', { high_alt: 'absent' }],
    ['ALT and ALP elevated', { high_alt: 'present', high_alp: 'present' }],
    [
      'elevated BUN, creatinine and phosphorus',
      { high_urea: 'present', azotaemia: 'present', hyperphosphataemia: 'present' },
    ],
    [
      'P and K high, Cl/HCO3 low',
      {
        hyperphosphataemia: 'present',
        hyperkalaemia: 'present',
        hypokalaemia: 'absent',
        hypochloraemia: 'present',
        low_bicarbonate: 'present',
      },
    ],
    ['elevated ALT, albumin low', { high_alt: 'present', hypoalbuminaemia: 'present' }],
    ['low Na high K', { hyponatraemia: 'present', hyperkalaemia: 'present', hypokalaemia: 'absent' }],
    ['platelets low with giant forms', { thrombocytopenia: 'present' }],
    ['T4 normal', { normal_t4: 'present', high_t4: 'absent', low_t4: 'absent' }],
    ['T4 9', { low_t4: 'present', high_t4: 'absent', normal_t4: 'absent' }],
    ['CBC normal', { anaemia: 'absent', leukocytosis: 'absent', thrombocytopenia: 'absent' }],
    [
      'CBC WNL except thrombocytopenia',
      { anaemia: 'absent', leukocytosis: 'absent', thrombocytopenia: 'present' },
    ],
    ['glucose 3+, ketones neg on urinalysis', { glucosuria: 'present', ketonuria: 'absent' }],
    ['USG 1.012', { isosthenuria: 'present' }],
  ])('%s', (text, expected) => expect(labs(text)).toEqual(expected));
});
