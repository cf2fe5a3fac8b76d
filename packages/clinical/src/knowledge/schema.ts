/**
 * The format of `knowledge/`, stated once. The build (`npm run knowledge`) parses every YAML file with these
 * schemas; `knowledge/README.md` explains them to a veterinarian. Keys are ids: lower_snake_case for findings,
 * analytes, tests and breeds; kebab-case for conditions, red flags and references.
 */
import { z } from 'zod';
import { ANIMALS, SEXES } from '../animals.ts';

const snakeId = z.string().regex(/^[a-z0-9]+(_[a-z0-9]+)*$/);
const kebabId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const label = z.strictObject({ en: z.string().min(2), pt: z.string().min(2).optional() });
const animal = z.enum(ANIMALS);
const sex = z.enum(SEXES);

/** The classes of FREQUENCY (frequency.ts). */
export const frequencyClass = z.enum(['rare', 'uncommon', 'half', 'usual', 'cardinal']);
export type FrequencyClass = z.infer<typeof frequencyClass>;

/** Organ-system groups: repeated evidence from one group counts for less and less. */
export const FINDING_GROUPS = [
  'general',
  'gastrointestinal',
  'hepatobiliary',
  'urinary',
  'reproductive',
  'respiratory',
  'cardiovascular',
  'neurological',
  'musculoskeletal',
  'dermatological',
  'ocular',
  'oral_dental',
  'endocrine',
  'haematological',
  'electrolytes',
  'biochemistry',
  'urinalysis',
  'infectious',
  'imaging',
  'behavioural',
  'exposure',
  'history',
  'course',
  'husbandry',
] as const;

/** What a stated number or a phrase such as "ALT high" must be for a laboratory or vital-sign finding. */
const labRule = z
  .strictObject({
    analyte: snakeId,
    /** Value >= factor x upper limit of the range in use. `above: 1` is simply "high". */
    above: z.number().min(1).optional(),
    /** Value <= factor x lower limit of the range in use. `below: 1` is simply "low". */
    below: z.number().positive().max(1).optional(),
    /** Absolute thresholds in the analyte's canonical unit, species-independent. */
    aboveValue: z.number().optional(),
    belowValue: z.number().optional(),
  })
  .refine((r) => [r.above, r.below, r.aboveValue, r.belowValue].some((v) => v !== undefined), {
    message: 'needs above, below, aboveValue or belowValue',
  });

export const findingSchema = z.strictObject({
  label,
  kind: z.enum(['sign', 'exam', 'lab', 'vital', 'imaging', 'history', 'exposure', 'course', 'signalment']),
  group: z.enum(FINDING_GROUPS),
  /** 1 trivial .. 5 demands an explanation. */
  importance: z.int().min(1).max(5),
  /** P(finding | any other sick patient), a class or a number, by animal where it differs. */
  background: z.union([
    frequencyClass,
    z.number().min(0.0005).max(0.95),
    z
      .strictObject({ default: z.union([frequencyClass, z.number()]) })
      .catchall(z.union([frequencyClass, z.number()])),
  ]),
  /** More general findings that this one implies. */
  parents: z.array(snakeId).default([]),
  /** English phrases as vets and owners write them; word order and inflection as typed, stemmed by the engine. */
  words: z.array(z.string().min(1)).default([]),
  /** Portuguese phrases. */
  pt: z.array(z.string().min(1)).default([]),
  /** Animals for which the finding can exist; all when absent. */
  species: z.array(animal).optional(),
  lab: labRule.optional(),
  /** The question that asks for it, for "next best question"; made from the label when absent. */
  question: label.optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** A measured quantity. Values are converted to `unit`. */
export const analyteSchema = z.strictObject({
  label,
  kind: z.enum(['lab', 'vital']),
  /** Canonical unit; "" for ratios and counts without one. */
  unit: z.string(),
  /** Names and abbreviations as printed or typed, e.g. [ALT, SGPT, alanine aminotransferase]. */
  names: z.array(z.string().min(1)).min(1),
  pt: z.array(z.string()).default([]),
  /** Other unit -> factor (canonical = value x factor), or factor and offset for temperature. */
  units: z
    .record(z.string(), z.union([z.number(), z.strictObject({ factor: z.number(), offset: z.number() })]))
    .default({}),
  /** Units that mean something else behind one of the names: "ureia" in mg/dL is the molecule, BUN its nitrogen. */
  unitsOfName: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  /** Outside this the number is queried and not used (canonical unit). */
  plausible: z.tuple([z.number(), z.number()]),
});
export type Analyte = z.infer<typeof analyteSchema>;

/** knowledge/lab-ranges/<animal>.yaml: analyte id -> range. */
export const labRangeSchema = z.strictObject({
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Applies to animals younger / older than this many years; the adult range has neither. */
  young: z
    .strictObject({ underYears: z.number(), low: z.number().nullable(), high: z.number().nullable() })
    .optional(),
  reference: kebabId,
});
export type LabRange = z.infer<typeof labRangeSchema>;

export const breedSchema = z.strictObject({
  name: z.string(),
  animal,
  aliases: z.array(z.string()).default([]),
  /** e.g. brachycephalic, deep_chested, giant, toy, chondrodystrophic, sighthound, herding_mdr1, terrier, draft, pony. */
  groups: z.array(snakeId).default([]),
});
export type Breed = z.infer<typeof breedSchema>;

export const testSchema = z.strictObject({
  label,
  /** 1 in the room or cheap, 2 in-house equipment or send-out, 3 referral, surgery or advanced imaging. */
  tier: z.int().min(1).max(3),
  /** Findings that the test can show; used to choose the next best test. */
  reveals: z.array(snakeId).default([]),
});
export type Test = z.infer<typeof testSchema>;

/** A source. Linked from the product only when `checked` says that somebody looked it up, when and how. */
export const referenceSchema = z.strictObject({
  title: z.string().min(5),
  publisher: z.string().min(2),
  url: z.url().optional(),
  year: z.int().optional(),
  checked: z.strictObject({ date: z.iso.date(), how: z.string().min(5) }).optional(),
});
export type Reference = z.infer<typeof referenceSchema>;

const words = z.string().min(3).max(400);

export const conditionSchema = z.strictObject({
  id: kebabId,
  name: label,
  synonyms: z.array(z.string()).default([]),
  /** Portuguese synonyms. */
  pt: z.array(z.string()).default([]),
  system: z.enum([
    'behavioural',
    'cardiovascular',
    'dental',
    'dermatological',
    'endocrine',
    'gastrointestinal',
    'haematological',
    'hepatobiliary',
    'immune',
    'infectious',
    'metabolic',
    'musculoskeletal',
    'neurological',
    'nutritional',
    'ocular',
    'oncological',
    'parasitic',
    'reproductive',
    'respiratory',
    'toxicological',
    'trauma',
    'urinary',
  ]),
  /** Animal -> commonness among sick animals seen: 1 exceptional, 2 rare, 3 now and then, 4 common, 5 everyday. */
  species: z.partialRecord(animal, z.int().min(1).max(5)),
  signalment: z
    .strictObject({
      /** Age in years: risk begins, plateau begins, plateau ends, risk ends (a trapezoid). */
      age: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
      /** Multiplier of risk; 0 means impossible (an absolute gate), e.g. { M: 0, MN: 0, FS: 0 } for pyometra. */
      sex: z.partialRecord(sex, z.number().min(0).max(8)).optional(),
      /** Breed id or breed-group id -> multiplier of risk; `other` for a known breed that is none of these. */
      breeds: z.record(snakeId, z.number().min(0.1).max(8)).optional(),
    })
    .default({}),
  findings: z.record(snakeId, frequencyClass),
  /** Findings that argue against (make it markedly less likely when present). */
  against: z.array(snakeId).default([]),
  urgent: z.boolean().default(false),
  /** In words, shown to the vet: zoonotic, notifiable (where), food animal. */
  notices: z.array(z.enum(['zoonotic', 'notifiable', 'food_animal'])).default([]),
  tests: z
    .array(
      z.strictObject({
        test: snakeId,
        tier: z.int().min(1).max(3),
        for: z.enum(['screen', 'confirm', 'exclude', 'stage', 'monitor']),
      }),
    )
    .min(1),
  /** Words, never amounts, rates or intervals of a drug. */
  plan: z.strictObject({
    stabilise: z.array(words).default([]),
    treat: z.array(words).min(1),
    monitor: z.array(words).default([]),
  }),
  references: z.array(kebabId).min(1),
  review: z
    .union([z.literal('unreviewed'), z.strictObject({ by: z.string(), date: z.iso.date() })])
    .default('unreviewed'),
});
export type Condition = z.infer<typeof conditionSchema>;

export const redFlagSchema = z.strictObject({
  when: z.strictObject({
    species: z.array(animal).optional(),
    sex: z.array(sex).optional(),
    /** Breed or breed-group ids. */
    breeds: z.array(snakeId).optional(),
    /** Every one present. */
    all: z.array(snakeId).default([]),
    /** At least one present (when the list is not empty). */
    any: z.array(snakeId).default([]),
    /** At least this many of `any` (default 1). */
    atLeast: z.int().min(1).default(1),
    /** None present. */
    none: z.array(snakeId).default([]),
    ageUnderYears: z.number().optional(),
  }),
  title: label,
  why: words,
  excludeBy: words,
  doNow: words,
  /** Conditions it stands for. */
  conditions: z.array(kebabId).default([]),
  references: z.array(kebabId).min(1),
  /** One note that must raise it, two near misses that must not. */
  tests: z.strictObject({
    hit: z.strictObject({
      species: animal,
      sex: sex.optional(),
      breed: z.string().optional(),
      age: z.string().optional(),
      note: z.string(),
    }),
    near: z
      .array(
        z.strictObject({
          species: animal,
          sex: sex.optional(),
          breed: z.string().optional(),
          age: z.string().optional(),
          note: z.string(),
        }),
      )
      .min(2),
  }),
});
export type RedFlag = z.infer<typeof redFlagSchema>;

const shorthand = z.array(z.string().min(1)).min(1);

/** Parts of a note. `none` is text under no heading. */
export const NOTE_SECTIONS = ['none', 'history', 'exam', 'labs', 'imaging', 'assessment', 'plan'] as const;

/** knowledge/abbreviations.yaml: how vets shorten what they write. */
export const abbreviationSchema = z.strictObject({
  /** Shorthand read as if `as` had been typed. */
  read: z
    .array(
      z.strictObject({
        write: shorthand,
        as: z.string().min(1),
        /** Only in these parts of a note; everywhere when absent. */
        in: z.array(z.enum(NOTE_SECTIONS)).optional(),
        /** Only as capitalised here ("US" is ultrasound, "us" is not). */
        exact: z.boolean().default(false),
      }),
    )
    .default([]),
  /** Letters for signs: V+, D-, V/D, no V/D/C/S. */
  signs: z.record(z.string().regex(/^[A-Z]$/), z.string().min(2)).default({}),
  /** Words that mean one thing inside longer phrases ("belly pain" is "abdominal pain"). The first is the canonical. */
  same: z.array(z.array(z.string().min(2)).min(2)).default([]),
  /** Statements of health and the findings that they deny. */
  normal: z
    .array(
      z.strictObject({
        /** Whole statements: "BAR", "eating well". */
        say: z.array(z.string().min(2)).default([]),
        /** What is called normal: "appetite" in "appetite normal", "normal appetite". */
        about: z.array(z.string().min(2)).default([]),
        /** Further words for normal that suit this subject: "pink" for mucous membranes. */
        words: z.array(z.string().min(2)).default([]),
        deny: z.array(snakeId).min(1),
      }),
    )
    .default([]),
  /** Panels: "CBC normal" says that these analytes are. */
  panels: z.array(z.strictObject({ write: shorthand, analytes: z.array(snakeId).min(1) })).default([]),
  /** Semi-quantitative urine results: "glucose 3+", "ketones neg" under urinalysis. */
  dipstick: z.array(z.strictObject({ write: shorthand, finding: snakeId })).default([]),
  /** Fluids other than blood: which analyte a name means in their context; null where there is none. */
  fluids: z
    .array(z.strictObject({ write: shorthand, instead: z.record(snakeId, snakeId.nullable()) }))
    .default([]),
  /** Findings that follow from age and sex, whatever the note says. `old` is the age at which the species counts as old. */
  signalment: z
    .array(
      z.strictObject({
        finding: snakeId,
        underYears: z.number().positive().optional(),
        old: z.literal(true).optional(),
        sex: z.array(sex).optional(),
      }),
    )
    .default([]),
  /** The finding stated when the note tells of another animal's signs ("littermate died, two others coughing"). */
  companionsIll: snakeId.optional(),
  /** What a stated duration ("for 3 days", "x2wk") says of the course: the first entry that is long enough. */
  durations: z.array(z.strictObject({ upToDays: z.number().positive(), finding: snakeId })).default([]),
});
export type Abbreviations = z.infer<typeof abbreviationSchema>;
export const NO_ABBREVIATIONS: Abbreviations = abbreviationSchema.parse({});

/** What the build writes and the engine reads: every file of `knowledge/` in one object. */
export type KnowledgeBundle = {
  /** SHA-256 prefix of the content; shown as the knowledge version and stored with each analysis. */
  version: string;
  findings: Record<string, Finding>;
  analytes: Record<string, Analyte>;
  labRanges: Partial<Record<(typeof ANIMALS)[number], Record<string, LabRange>>>;
  breeds: Record<string, Breed>;
  tests: Record<string, Test>;
  references: Record<string, Reference>;
  conditions: Condition[];
  redFlags: Record<string, RedFlag>;
  abbreviations: Abbreviations;
};
