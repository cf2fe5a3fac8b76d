/** A small made-up knowledge base and a text reader that knows only labels, for tests of the score itself. */
import {
  type Condition,
  type Finding,
  type FrequencyClass,
  type KnowledgeBundle,
  NO_ABBREVIATIONS,
  type RedFlag,
} from '../../src/knowledge/schema.ts';
import type { CaseInput, ExtractedFinding, Extraction, Signalment } from '../../src/types.ts';

export function finding(label: string, more: Partial<Finding> = {}): Finding {
  return {
    label: { en: label },
    kind: 'sign',
    group: 'general',
    importance: 3,
    background: 'uncommon',
    parents: [],
    words: [],
    pt: [],
    ...more,
  };
}

export function condition(
  id: string,
  species: Condition['species'],
  findings: Record<string, FrequencyClass>,
  more: Partial<Condition> = {},
): Condition {
  return {
    id,
    name: { en: id.replaceAll('-', ' ').replace(/^./, (c) => c.toUpperCase()) },
    synonyms: [],
    pt: [],
    system: 'gastrointestinal',
    species,
    signalment: {},
    findings,
    against: [],
    urgent: false,
    notices: [],
    tests: [{ test: 'radiographs', tier: 2, for: 'confirm' }],
    plan: { stabilise: [], treat: ['Treat the cause'], monitor: [] },
    references: ['book'],
    review: 'unreviewed',
    ...more,
  };
}

const FINDINGS: Record<string, Finding> = {
  vomiting: finding('Vomiting', { group: 'gastrointestinal' }),
  haematemesis: finding('Haematemesis', {
    group: 'gastrointestinal',
    importance: 4,
    background: 'rare',
    parents: ['vomiting'],
  }),
  bilious_vomiting: finding('Bilious vomiting', {
    group: 'gastrointestinal',
    background: 'rare',
    parents: ['vomiting'],
  }),
  diarrhoea: finding('Diarrhoea', { group: 'gastrointestinal' }),
  lethargy: finding('Lethargy', { importance: 2, background: 'half' }),
  polyuria: finding('Polyuria', { group: 'urinary', background: 0.1 }),
  polydipsia: finding('Polydipsia', { group: 'urinary', background: 0.1 }),
  vulvar_discharge: finding('Vulvar discharge', { group: 'reproductive', background: 0.01 }),
  fever: finding('Fever', { kind: 'vital', background: 0.1 }),
  weight_loss: finding('Weight loss', { background: 'uncommon' }),
  hyperkalaemia: finding('Hyperkalaemia', {
    kind: 'lab',
    group: 'electrolytes',
    importance: 4,
    background: 'rare',
  }),
  hyperglycaemia: finding('Hyperglycaemia', {
    kind: 'lab',
    group: 'biochemistry',
    importance: 4,
    background: 0.05,
  }),
  stress_leukogram: finding('Stress leukogram', { kind: 'lab', group: 'haematological', importance: 2 }),
  lily_exposure: finding('Lily exposure', {
    kind: 'exposure',
    group: 'exposure',
    background: 0.002,
    importance: 5,
  }),
  straining: finding('Straining to urinate', { group: 'urinary', background: 0.04 }),
  big_bladder: finding('Large bladder', { kind: 'exam', group: 'urinary', background: 0.01 }),
};

const CONDITIONS: Condition[] = [
  condition(
    'gastroenteritis',
    { dog: 5, cat: 4 },
    {
      vomiting: 'usual',
      diarrhoea: 'usual',
      lethargy: 'half',
      fever: 'uncommon',
    },
  ),
  condition(
    'gastric-ulcer',
    { dog: 3, cat: 2 },
    {
      haematemesis: 'half',
      vomiting: 'usual',
      weight_loss: 'uncommon',
    },
  ),
  condition('bilious-vomiting-syndrome', { dog: 3 }, { bilious_vomiting: 'cardinal' }),
  condition(
    'pyometra',
    { dog: 4, cat: 2 },
    {
      vulvar_discharge: 'usual',
      polydipsia: 'usual',
      polyuria: 'half',
      lethargy: 'usual',
      fever: 'half',
    },
    { signalment: { sex: { M: 0, MN: 0, FS: 0 } }, urgent: true, system: 'reproductive' },
  ),
  condition(
    'diabetes-mellitus',
    { dog: 4, cat: 4 },
    {
      polyuria: 'usual',
      polydipsia: 'usual',
      weight_loss: 'usual',
      hyperglycaemia: 'cardinal',
    },
    { signalment: { age: [3, 7, 12, 18], breeds: { samoyed: 4 } } },
  ),
  condition(
    'hypoadrenocorticism',
    { dog: 3, cat: 1 },
    {
      vomiting: 'usual',
      lethargy: 'usual',
      hyperkalaemia: 'usual',
      polydipsia: 'uncommon',
    },
    { against: ['stress_leukogram'], signalment: { age: [0.5, 2, 7, 14] } },
  ),
  condition(
    'lily-nephrotoxicity',
    { cat: 2 },
    { lily_exposure: 'usual', vomiting: 'usual', lethargy: 'half' },
    { urgent: true },
  ),
  condition(
    'urethral-obstruction',
    { cat: 4, dog: 2 },
    {
      straining: 'cardinal',
      big_bladder: 'usual',
      lethargy: 'half',
      hyperkalaemia: 'half',
      vomiting: 'uncommon',
    },
    { signalment: { sex: { F: 0.05, FS: 0.05 } }, urgent: true, notices: ['zoonotic'] },
  ),
  ...Array.from({ length: 8 }, (_, i) =>
    condition(
      `filler-${i}`,
      { dog: 2, cat: 2, ferret: 2, rat: 1 },
      { lethargy: 'half', weight_loss: 'uncommon' },
    ),
  ),
  condition('horse-colic', { horse: 5 }, { lethargy: 'usual', vomiting: 'rare' }),
];

const RED_FLAG: RedFlag = {
  when: {
    species: ['cat'],
    sex: ['M', 'MN'],
    all: ['straining'],
    any: ['big_bladder', 'vomiting'],
    atLeast: 1,
    none: ['diarrhoea'],
  },
  title: { en: 'Possible urethral obstruction' },
  why: 'A blocked cat dies of hyperkalaemia.',
  excludeBy: 'A small soft bladder.',
  doNow: 'Palpate the bladder.',
  conditions: ['urethral-obstruction'],
  references: ['book'],
  tests: { hit: { species: 'cat', note: 'x' }, near: [] },
};

export function toyBundle(): KnowledgeBundle {
  return {
    version: 'toy',
    findings: FINDINGS,
    analytes: {},
    labRanges: {},
    breeds: { samoyed: { name: 'Samoyed', animal: 'dog', aliases: [], groups: ['spitz'] } },
    tests: {
      radiographs: { label: { en: 'Radiographs' }, tier: 2, reveals: [] },
      glucometer: { label: { en: 'Glucometer' }, tier: 1, reveals: ['hyperglycaemia'] },
      electrolytes: { label: { en: 'Electrolytes' }, tier: 2, reveals: ['hyperkalaemia'] },
    },
    references: {
      book: {
        title: 'A page of a book',
        publisher: 'Publisher',
        url: 'https://example.org/page',
        checked: { date: '2026-11-24', how: 'page read' },
      },
    },
    conditions: CONDITIONS,
    redFlags: { 'urethral-obstruction-cat': RED_FLAG },
    abbreviations: NO_ABBREVIATIONS,
  };
}

export function toySignalment(more: Partial<Signalment> = {}): Signalment {
  return {
    species: 'dog',
    animals: ['dog'],
    resolved: true,
    breedId: null,
    breedGroups: [],
    sex: null,
    ageYears: null,
    weightKg: null,
    ...more,
  };
}

/** `+vomiting -fever ?polyuria <lethargy` : present, absent, possible, historical. */
export function toyFindings(bundle: KnowledgeBundle, notes: string): ExtractedFinding[] {
  const assertions = {
    '+': 'present',
    '-': 'absent',
    '?': 'possible',
    '<': 'historical',
    '~': 'hypothetical',
  } as const;
  return [...notes.matchAll(/([+?<~-])(\w+)/g)].map((m) => {
    const id = m[2] as string;
    return {
      id,
      label: bundle.findings[id]?.label.en ?? id,
      text: id.replaceAll('_', ' '),
      start: m.index,
      end: m.index + m[0].length,
      field: 'signs',
      assertion: assertions[m[1] as keyof typeof assertions],
    };
  });
}

export function toyExtraction(
  bundle: KnowledgeBundle,
  notes: string,
  more: Partial<Signalment> = {},
): Extraction {
  return {
    signalment: toySignalment(more),
    findings: toyFindings(bundle, notes),
    measurements: [],
    notUsed: [],
  };
}

/** A text engine for tests: the notation of `toyFindings`, keywords by plain inclusion. */
export function toyText(bundle: KnowledgeBundle) {
  return {
    extract: (input: CaseInput): Extraction =>
      toyExtraction(bundle, input.clinicalSigns, {
        species: input.species,
        sex: input.sex ?? null,
        animals: input.species === 'exotic' ? ['ferret', 'rat'] : input.species === 'cat' ? ['cat'] : ['dog'],
        resolved: input.species !== 'exotic',
        ageYears: input.age ? Number.parseFloat(input.age) : null,
      }),
  };
}
