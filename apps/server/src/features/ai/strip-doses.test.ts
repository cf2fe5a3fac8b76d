import { expect, test } from 'vitest';
import { REMOVED, stripDoses } from './strip-doses.ts';

test.each([
  ['Give 0.5 mg/kg q12h IV', `Give ${REMOVED}`],
  ['meloxicam 0.2 mg/kg SC q24h for 5 days', `meloxicam ${REMOVED}`],
  ['5 ml/kg/h', REMOVED],
  ['CRI 3 mcg/kg/min', `CRI ${REMOVED}`],
  ['BID for 7 days', REMOVED],
  ['2 tablets twice daily', REMOVED],
  ['500 mg PO', REMOVED],
  ['a 90 ml bolus', `a ${REMOVED}`],
  ['0.5 to 1 mg/kg, then half a tablet', `${REMOVED}, then ${REMOVED}`],
  ['ten milligrams per kilogram', REMOVED],
  ['dexametasona 0,5 mg/kg a cada 12 horas por 7 dias', `dexametasona ${REMOVED}`],
  ['dar 1 comprimido de 12 em 12 horas', `dar ${REMOVED}`],
  ['duas vezes ao dia; 2x/dia; 12/12h', `${REMOVED}; ${REMOVED}; ${REMOVED}`],
  ['10 IU per cat', REMOVED],
  ...['-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212'].flatMap((dash) => [
    [`2${dash}4 mg/kg q8${dash}12h for 5${dash}7 days`, REMOVED],
    [`a 10${dash}mg tablet twice${dash}daily`, `a ${REMOVED} tablet ${REMOVED}`],
    [`every 8${dash}12 hours or three${dash}times${dash}a${dash}day`, `${REMOVED} or ${REMOVED}`],
  ]),
  ['once-daily dosing, in a half-tablet', `${REMOVED} dosing, in a ${REMOVED}`],
  ['a 90-ml bolus, a 90-ml-bolus, then 5-mg/kg', `a ${REMOVED}, a ${REMOVED}, then ${REMOVED}`],
  ['every 8 to 12 hours; q 8 to 12 h', `${REMOVED}; ${REMOVED}`],
])('takes amounts out: %s', (text, stripped) => expect(stripDoses(text).text).toBe(stripped));

test.each([
  'glucose 3.2 mmol/L, T4 5.8 ug/dL, ALT 340 U/L, albumin 2.1 g/dL, cortisol 55 nmol/L',
  'PCV 18%, WBC 12.5 x10^9/L, HR 180/min, RR 40 breaths/min, lactate 5 mmol/L, 300 mg per dL',
  'urine output 0.5 ml/kg/h, water intake above 100 ml/kg/day',
  'urinating every 2 hours, seizures twice a day, vomited 3 times a day',
  'weight 4.2 kg, 200 ml of pleural fluid, a 3 cm mass, for 3 days, murmur 3/6, Sid is quiet',
  'a 10-year-old dog, ill for 2-3 days, 2–3 days of anorexia, a 3-day history, a 4-cm mass, vomiting twice-weekly \u2014 rare',
  'ALT 10–125 U/L, bile acids 5–25 µmol/L, glucose 70–120 mg/dL, T4 1−4 ug/dL, a T4-level, USG 1.008–1.012',
  'a 30-kg dog, seizures twice-daily, urinating every 2–3 hours, monitor every 4–6 hours',
  'Na:K ratio 24, USG 1.035, 6 years, 10 weeks',
])('leaves what is measured: %s', (text) => expect(stripDoses(text)).toEqual({ text, removed: 0 }));
