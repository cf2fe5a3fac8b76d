/** A small vocabulary for the tests of the text engine; the real one lives in `knowledge/`. */
import {
  type Analyte,
  abbreviationSchema,
  analyteSchema,
  type Breed,
  breedSchema,
  type Finding,
  findingSchema,
  type KnowledgeBundle,
} from '../knowledge/schema.ts';
import type { CaseInput, Extraction } from '../types.ts';
import { effectiveFindings } from './effective.ts';
import { compileTextModel, extract } from './extract.ts';
import type { TextSource } from './model.ts';

const sign = (label: string, words: string[], more: Partial<Finding> = {}): Finding =>
  findingSchema.parse({
    label: { en: label },
    kind: 'sign',
    group: 'general',
    importance: 3,
    background: 'uncommon',
    words,
    ...more,
  });
const lab = (label: string, rule: Finding['lab'], parents: string[] = [], words: string[] = []): Finding =>
  sign(label, words, { kind: 'lab', lab: rule, parents });

const findings: Record<string, Finding> = {
  vomiting: sign('Vomiting', ['vomiting', 'vomit', 'emesis', 'throwing up'], { pt: ['vómito', 'vomitar'] }),
  haematemesis: sign('Haematemesis', ['vomiting blood', 'haematemesis', 'bloody vomit'], {
    parents: ['vomiting'],
  }),
  diarrhoea: sign('Diarrhoea', ['diarrhoea', 'loose stools'], { pt: ['diarreia'] }),
  haematochezia: sign('Fresh blood in stool', ['haematochezia', 'blood in stool', 'bloody stool']),
  coughing: sign('Coughing', ['coughing', 'cough'], { pt: ['tosse'] }),
  sneezing: sign('Sneezing', ['sneezing', 'sneeze']),
  lethargy: sign('Lethargy', ['lethargy', 'lethargic', 'depressed', 'quiet'], {
    pt: ['letargia', 'prostrado'],
  }),
  anorexia: sign(
    'Not eating',
    ['not eating', 'anorexia', 'inappetence', 'no appetite', 'off food', 'declining food'],
    {
      pt: ['não come', 'anorexia', 'sem apetite'],
    },
  ),
  decreased_appetite: sign('Eating less', [
    'eating less',
    'decreased appetite',
    'decline in appetite',
    'appetite loss',
  ]),
  not_urinating: sign('No urine passed', ['unable to urinate', 'not urinating', 'no urine']),
  polyuria: sign('Polyuria', ['polyuria', 'urinating more', 'increased urination']),
  polydipsia: sign('Polydipsia', ['polydipsia', 'drinking more', 'increased thirst'], { pt: ['bebe mais'] }),
  haematuria: sign('Haematuria', ['haematuria', 'blood in urine']),
  seizures: sign('Seizures', ['seizures', 'seizure', 'fitting'], { pt: ['convulsões', 'convulsão'] }),
  non_weight_bearing: sign('Not weight bearing', ['not weight bearing', 'non-weight bearing']),
  no_menace: sign('No menace response', ['no menace', 'absent menace']),
  nonproductive_retching: sign('Non-productive retching', [
    'non-productive retching',
    'retching unproductively',
  ]),
  retching: sign('Retching', ['retching']),
  abdominal_pain: sign('Abdominal pain', ['abdominal pain', 'painful abdomen'], { pt: ['dor abdominal'] }),
  abdominal_distension: sign('Abdominal distension', ['abdominal distension', 'distended abdomen']),
  pale_mm: sign('Pale mucous membranes', ['pale mucous membranes', 'pale gums', 'pallor']),
  tacky_mm: sign('Tacky mucous membranes', ['tacky mucous membranes', 'dry gums']),
  enlarged_nodes: sign('Enlarged lymph nodes', ['enlarged lymph nodes', 'lymphadenopathy']),
  murmur: sign('Heart murmur', ['heart murmur', 'murmur'], { kind: 'exam' }),
  dyspnoea: sign('Dyspnoea', ['dyspnoea', 'shortness of breath', 'difficulty breathing']),
  trauma: sign('Road accident', ['hit by car', 'road traffic accident']),
  parvo_positive: sign('Parvovirus test positive', ['parvo positive', 'positive for parvo'], { kind: 'lab' }),
  parvovirus: sign('Parvovirus', ['parvo', 'parvovirus']),
  pancreatitis: sign('Pancreatitis', ['pancreatitis']),
  cataract: sign('Cataract', ['cataract']),
  ear_infection: sign('Ear infection', ['ear infection', 'otitis']),
  weight_loss: sign('Weight loss', ['weight loss', 'losing weight'], { pt: ['perda de peso'] }),
  glucosuria: sign('Glucosuria', ['glucosuria', 'glucose in urine'], { kind: 'lab' }),
  ketonuria: sign('Ketonuria', ['ketonuria'], { kind: 'lab' }),
  fever: lab('Fever', { analyte: 'temperature', above: 1 }, [], ['fever', 'pyrexia', 'febrile']),
  hypothermia: lab('Hypothermia', { analyte: 'temperature', below: 1 }, [], ['hypothermia', 'hypothermic']),
  tachycardia: lab('Tachycardia', { analyte: 'heart_rate', above: 1 }),
  bradycardia: lab('Bradycardia', { analyte: 'heart_rate', below: 1 }),
  tachypnoea: lab('Tachypnoea', { analyte: 'respiratory_rate', above: 1 }),
  prolonged_crt: lab('Prolonged CRT', { analyte: 'crt', above: 1 }),
  high_alt: lab('High ALT', { analyte: 'alt', above: 1 }),
  moderate_high_alt: lab('ALT more than five times', { analyte: 'alt', above: 5 }, ['high_alt']),
  marked_high_alt: lab('ALT more than ten times', { analyte: 'alt', above: 10 }, ['moderate_high_alt']),
  high_alp: lab('High ALP', { analyte: 'alp', above: 1 }),
  azotaemia: lab('High creatinine', { analyte: 'creatinine', above: 1 }, [], ['azotaemia']),
  high_urea: lab('High urea', { analyte: 'urea', above: 1 }),
  hyperkalaemia: lab('Hyperkalaemia', { analyte: 'potassium', above: 1 }),
  hypokalaemia: lab('Hypokalaemia', { analyte: 'potassium', below: 1 }),
  hyponatraemia: lab('Hyponatraemia', { analyte: 'sodium', below: 1 }),
  low_na_k: lab('Low Na:K', { analyte: 'na_k_ratio', belowValue: 27 }),
  hyperphosphataemia: lab('Hyperphosphataemia', { analyte: 'phosphate', above: 1 }),
  hypochloraemia: lab('Hypochloraemia', { analyte: 'chloride', below: 1 }),
  low_bicarbonate: lab('Low bicarbonate', { analyte: 'bicarbonate', below: 1 }),
  hypoalbuminaemia: lab('Hypoalbuminaemia', { analyte: 'albumin', below: 1 }),
  thrombocytopenia: lab('Thrombocytopenia', { analyte: 'platelets', below: 1 }),
  leukocytosis: lab('Leukocytosis', { analyte: 'wbc', above: 1 }),
  anaemia: lab('Anaemia', { analyte: 'pcv', below: 1 }, [], ['anaemia', 'anaemic']),
  hypocalcaemia: lab('Hypocalcaemia', { analyte: 'calcium', below: 1 }),
  high_t4: lab('High T4', { analyte: 't4', above: 1 }),
  isosthenuria: lab(
    'Isosthenuria',
    { analyte: 'usg', aboveValue: 1.008, belowValue: 1.015 },
    [],
    ['isosthenuria'],
  ),
  young_animal: sign('Young animal', ['puppy'], { kind: 'signalment' }),
  entire: sign('Entire', [], { kind: 'signalment' }),
  normal_t4: sign('T4 normal', ['normal T4', 'T4 within normal limits'], { kind: 'lab' }),
  low_t4: lab('Low T4', { analyte: 't4', below: 1 }),
  underweight: lab('Underweight', { analyte: 'bcs', belowValue: 3 }),
};

type Row = [
  kind: Analyte['kind'],
  unit: string,
  names: string[],
  plausible: [number, number],
  units?: Analyte['units'],
];
const rows: Record<string, Row> = {
  temperature: [
    'vital',
    '°C',
    ['T', 'temp', 'temperature'],
    [25, 44],
    { C: 1, '°F': { factor: 0.5556, offset: -17.78 }, F: { factor: 0.5556, offset: -17.78 } },
  ],
  heart_rate: ['vital', '/min', ['HR', 'heart rate', 'P', 'pulse'], [5, 700], { bpm: 1 }],
  respiratory_rate: ['vital', '/min', ['RR', 'R', 'respiratory rate'], [1, 300], { bpm: 1 }],
  crt: ['vital', 's', ['CRT', 'capillary refill time'], [0.2, 15], { sec: 1 }],
  bcs: ['vital', '/9', ['BCS', 'body condition score'], [1, 9], { '/5': { factor: 2, offset: -1 } }],
  alt: ['lab', 'U/L', ['ALT', 'SGPT'], [0, 20000], { 'IU/L': 1 }],
  alp: ['lab', 'U/L', ['ALP', 'alkaline phosphatase'], [0, 20000]],
  creatinine: ['lab', 'µmol/L', ['creatinine', 'creat'], [5, 3500], { 'mg/dL': 88.4 }],
  urea: ['lab', 'mmol/L', ['urea', 'BUN'], [0.2, 120], { 'mg/dL': 0.357 }],
  potassium: ['lab', 'mmol/L', ['potassium', 'K', 'K+'], [1, 12], { 'mEq/L': 1 }],
  sodium: ['lab', 'mmol/L', ['sodium', 'Na', 'Na+'], [90, 220], { 'mEq/L': 1 }],
  na_k_ratio: ['lab', '', ['Na:K', 'Na/K', 'Na:K ratio'], [5, 80]],
  chloride: ['lab', 'mmol/L', ['chloride', 'Cl', 'Cl-'], [40, 180]],
  bicarbonate: ['lab', 'mmol/L', ['bicarbonate', 'HCO3'], [2, 70]],
  phosphate: ['lab', 'mmol/L', ['phosphate', 'phosphorus', 'phos'], [0.05, 12], { 'mg/dL': 0.323 }],
  calcium: ['lab', 'mmol/L', ['calcium', 'Ca'], [0.5, 9], { 'mg/dL': 0.25 }],
  albumin: ['lab', 'g/L', ['albumin', 'alb'], [2, 80], { 'g/dL': 10 }],
  total_protein: ['lab', 'g/L', ['TP', 'total protein'], [10, 200], { 'g/dL': 10 }],
  platelets: ['lab', '10^9/L', ['platelets', 'plt'], [0, 3000], { 'K/uL': 1, '/uL': 0.001 }],
  wbc: ['lab', '10^9/L', ['WBC', 'white cell count'], [0.05, 500], { 'K/uL': 1, '/uL': 0.001 }],
  pcv: ['lab', '%', ['PCV', 'HCT', 'haematocrit'], [2, 85], { 'L/L': 100 }],
  t4: ['lab', 'nmol/L', ['T4', 'TT4'], [0, 500], { 'ug/dL': 12.87 }],
  usg: ['lab', '', ['USG', 'SG', 'specific gravity'], [1, 1.1]],
};
const analytes = Object.fromEntries(
  Object.entries(rows).map(([id, [kind, unit, names, plausible, units]]) => [
    id,
    analyteSchema.parse({
      label: { en: id.toUpperCase() },
      kind,
      unit,
      names,
      plausible,
      units: units ?? {},
    }),
  ]),
);

const bounds: Record<string, [number | null, number | null]> = {
  temperature: [37.5, 39.2],
  heart_rate: [60, 140],
  respiratory_rate: [10, 30],
  crt: [null, 2],
  alt: [10, 100],
  alp: [10, 150],
  creatinine: [44, 130],
  urea: [2.5, 9],
  potassium: [3.5, 5.8],
  sodium: [140, 155],
  chloride: [105, 120],
  bicarbonate: [18, 26],
  phosphate: [0.8, 2],
  calcium: [2.2, 2.9],
  albumin: [25, 40],
  total_protein: [54, 75],
  platelets: [175, 500],
  wbc: [5, 14],
  pcv: [37, 55],
  t4: [15, 50],
};
const reference = 'merck-ranges';
const dogRanges = Object.fromEntries(
  Object.entries(bounds).map(([id, [low, high]]) => [id, { low, high, reference }]),
);

const breed = (name: string, animal: Breed['animal'], aliases: string[] = [], groups: string[] = []): Breed =>
  breedSchema.parse({ name, animal, aliases, groups });
const breeds: Record<string, Breed> = {
  labrador_retriever: breed('Labrador Retriever', 'dog', ['Lab', 'Labrador'], ['retriever', 'large']),
  german_shepherd: breed('German Shepherd Dog', 'dog', ['GSD', 'Alsatian'], ['deep_chested']),
  domestic_shorthair: breed('Domestic Shorthair', 'cat', ['DSH', 'moggy']),
  bearded_dragon: breed('Bearded Dragon', 'lizard', ['beardie']),
};

const abbreviations = abbreviationSchema.parse({
  read: [
    { write: ['PU/PD', 'PUPD'], as: 'polyuria, polydipsia' },
    { write: ['HBC'], as: 'hit by car' },
    { write: ['MM'], as: 'mucous membranes', in: ['none', 'exam'] },
    { write: ['LN', 'LNs'], as: 'lymph nodes' },
    { write: ['SOB'], as: 'shortness of breath', exact: true },
    { write: ['P'], as: 'phosphorus', exact: true, in: ['labs'] },
    { write: ['TPR'], as: 'T/P/R' },
  ],
  signs: { V: 'vomiting', D: 'diarrhea', C: 'coughing', S: 'sneezing' },
  same: [
    ['abdomen', 'abdominal', 'belly'],
    ['feces', 'stool', 'poo'],
    ['pain', 'painful', 'sore'],
  ],
  normal: [
    { say: ['BAR', 'bright and alert'], deny: ['lethargy'] },
    {
      say: ['eating well'],
      about: ['appetite', 'eating'],
      words: ['good'],
      deny: ['anorexia', 'decreased_appetite'],
    },
    { about: ['mucous membranes', 'gums'], words: ['pink'], deny: ['pale_mm'] },
  ],
  panels: [{ write: ['CBC'], analytes: ['pcv', 'wbc', 'platelets'] }],
  dipstick: [
    { write: ['glucose', 'glu'], finding: 'glucosuria' },
    { write: ['ketones', 'ket'], finding: 'ketonuria' },
  ],
  signalment: [
    { finding: 'young_animal', underYears: 1 },
    { finding: 'entire', sex: ['M', 'F'] },
  ],
  fluids: [{ write: ['abdominocentesis'], instead: { total_protein: null, potassium: null } }],
  durations: [
    { upToDays: 7, finding: 'acute_onset' },
    { upToDays: 20000, finding: 'chronic_course' },
  ],
});

const ranges: KnowledgeBundle['labRanges'] = {
  dog: {
    ...dogRanges,
    alp: { low: 10, high: 150, young: { underYears: 1, low: 20, high: 400 }, reference },
  },
  cat: { heart_rate: { low: 140, high: 220, reference }, alt: { low: 10, high: 80, reference } },
};

export const FIXTURE: TextSource = { findings, analytes, labRanges: ranges, breeds, abbreviations };
export const MODEL = compileTextModel(FIXTURE);

/** Reads a dog's note unless told otherwise. */
export function read(clinicalSigns: string, more: Partial<CaseInput> = {}): Extraction {
  return extract(MODEL, { species: 'dog', clinicalSigns, ...more });
}

/** The assertion that counts for each finding of a note. */
export function readings(note: string, more: Partial<CaseInput> = {}): Record<string, string> {
  const effective = effectiveFindings(read(note, more).findings);
  return Object.fromEntries([...effective].map(([id, f]) => [id, f.assertion]));
}

/** Ids that are present. */
export function present(note: string, more: Partial<CaseInput> = {}): string[] {
  return Object.entries(readings(note, more))
    .filter(([, assertion]) => assertion === 'present')
    .map(([id]) => id)
    .sort();
}
