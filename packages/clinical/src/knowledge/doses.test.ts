import { expect, test } from 'vitest';
import { findDose } from './doses.ts';

test.each([
  'Give 0.5 mg/kg slowly',
  'Fluids at 10 ml/kg/h',
  '2-5 mcg/kg of it',
  'Bolus of 90 ml per kg',
  '100 IU/kg subcutaneously',
  'Repeat BID until well',
  'q8h',
  'q 12 hours',
  'Repeat the injection every 6 to 8 hours',
  'Given twice daily',
  'infusion 5 µg/kg/min',
  'Give 5 mg by mouth',
  'Half a tablet in the evening, or one tablet',
  'Furosemide 2 mg/kg until urine output rises',
  'Give 5 mg/kg with plenty of water',
  'Watch urine output; mannitol 500 mg/kg slowly',
  'Monitor water intake, desmopressin 5 µg/kg',
  'Diuretic to raise urine output: 2 mg/kg',
  'Urine output below 1 ml/kg/h: give 2 mg/kg',
  'Antidote 10 mg/kg after ingestion',
  'Fluids at 4 ml/kg/h to match losses',
  'For toxic signs give 1 mg/kg',
])('is a drug amount: %s', (line) => expect(findDose(line)).not.toBeNull());

test.each([
  'Water intake above 100 ml/kg/day',
  'Toxic from 20 mg/kg of theobromine',
  'Potassium 8 mmol/L',
  'Cortisol below 1 µg/dL',
  'Glucose below 3.3 mmol/L',
  'Urine output under 0.5 ml/kg/h',
  'Urine output of at least 1-2 ml/kg/h',
  'Drinking more than 100 ml/kg/day',
  'Signs after ingestion of about 40 mg/kg',
  'Urinating every 2 hours',
  'Monitor temperature every 4 hours',
  '# q8h in a comment',
])('is none: %s', (line) => expect(findDose(line)).toBeNull());
