/** The vocabulary of a knowledge bundle, compiled once into what the text engine looks things up in. */
import type { Analyte, Finding, KnowledgeBundle } from '../knowledge/schema.ts';
import { compileShorthand, type Shorthand, spellOut } from './abbreviations.ts';
import { type BreedIndex, compileBreeds } from './breeds.ts';
import { degreeOf, readDirection } from './directions.ts';
import { compileFluids, type Fluids } from './fluids.ts';
import { compileLexicon, type Lexicon, type PhraseSource } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { refine } from './refine.ts';
import { type Token, tokenise } from './tokens.ts';
import { type Conversion, conversionsOf } from './units.ts';

/** What a phrase of the vocabulary stands for. */
export type Meaning =
  | { type: 'finding'; id: string; polarity: 'present' | 'absent' }
  | { type: 'analyte'; id: string }
  | { type: 'normal'; deny: string[] }
  | { type: 'panel'; analytes: string[] };

export type TextModel = {
  findings: Record<string, Finding>;
  analytes: Record<string, Analyte>;
  labRanges: KnowledgeBundle['labRanges'];
  /** All more general findings of a finding, and all more specific ones. */
  ancestors: Map<string, ReadonlySet<string>>;
  descendants: Map<string, ReadonlySet<string>>;
  /** Findings with a rule over an analyte, by analyte. */
  rules: Map<string, string[]>;
  conversions: Map<string, Map<string, Conversion>>;
  lexicon: Lexicon<Meaning>;
  shorthand: Shorthand;
  same: Map<string, string>;
  mixed: Set<string>;
  breeds: BreedIndex;
  /** What is found when an analyte, or every analyte of a panel, is normal ("T4 normal"). */
  normalFindings: Map<string, string[]>;
  durations: KnowledgeBundle['abbreviations']['durations'];
  fluids: Fluids;
  signalment: KnowledgeBundle['abbreviations']['signalment'];
  companionsIll: string | null;
  /** Urine dipstick fields by normalised name. */
  dipstick: Map<string, string>;
};

export type TextSource = Pick<
  KnowledgeBundle,
  'findings' | 'analytes' | 'labRanges' | 'breeds' | 'abbreviations'
>;

/** Letters and digits that are one word wherever they occur: vertebrae, hormones, gases. */
const MIXED =
  't1 t2 t3 t4 t5 t6 t7 t8 t9 t10 t11 t12 t13 c1 c2 c3 c4 c5 c6 c7 c8 l1 l2 l3 l4 l5 l6 l7 s1 s2 s3 k9 co2 o2 h2o h2 4dx q12h q8h q6h q24h';

/** Compiles the vocabulary. Takes some tens of milliseconds for thousands of phrases; do it once. */
export function compileModel(bundle: TextSource): TextModel {
  const { findings, analytes, labRanges, breeds, abbreviations } = bundle;
  const mixed = mixedNames(bundle);
  const same = new Map<string, string>();
  const plainRead = (text: string) => refine(tokenise(normalise(text), text, mixed), same);
  for (const group of abbreviations.same) {
    const [first, ...rest] = group.map((word) => plainRead(word)[0]?.key ?? word);
    for (const key of rest) if (first !== undefined && key !== first) same.set(key, first);
  }
  const shorthand = compileShorthand(abbreviations, plainRead);
  const read = (text: string) => spellOut(shorthand, plainRead(text), text, 'none');
  const normalFindings = new Map<string, string[]>();
  const rules = new Map<string, string[]>();
  for (const [id, { lab }] of Object.entries(findings)) {
    if (lab) rules.set(lab.analyte, [...(rules.get(lab.analyte) ?? []), id]);
  }
  return {
    findings,
    analytes,
    labRanges,
    ...kinship(findings),
    rules,
    conversions: new Map(Object.entries(analytes).flatMap(([id, a]) => conversionsByName(id, a))),
    lexicon: compileLexicon(phrases(bundle, read, normalFindings)),
    normalFindings,
    durations: abbreviations.durations,
    signalment: abbreviations.signalment,
    companionsIll: abbreviations.companionsIll ?? null,
    fluids: compileFluids(abbreviations.fluids, read),
    shorthand,
    same,
    mixed,
    breeds: compileBreeds(breeds, plainRead),
    dipstick: new Map(
      abbreviations.dipstick.flatMap(({ write, finding }) =>
        write.map((name) => [normalise(name).text, finding] as const),
      ),
    ),
  };
}

/** By the id of an analyte, and by id and name where a name has units of its own. */
function conversionsByName(id: string, analyte: Analyte): [string, Map<string, Conversion>][] {
  const named = Object.entries(analyte.unitsOfName).map(
    ([name, units]): [string, Map<string, Conversion>] => [
      `${id} ${normalise(name).text}`,
      conversionsOf({ ...analyte, units: { ...analyte.units, ...units } }),
    ],
  );
  return [[id, conversionsOf(analyte)], ...named];
}

function kinship(findings: TextSource['findings']): Pick<TextModel, 'ancestors' | 'descendants'> {
  const ancestors = new Map<string, ReadonlySet<string>>();
  const descendants = new Map<string, Set<string>>();
  for (const id of Object.keys(findings)) {
    const general = new Set<string>();
    const stack = [id];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      for (const parent of findings[next]?.parents ?? []) {
        if (general.has(parent)) continue;
        general.add(parent);
        stack.push(parent);
      }
    }
    ancestors.set(id, general);
    for (const parent of general) {
      const own = descendants.get(parent);
      if (own) own.add(id);
      else descendants.set(parent, new Set([id]));
    }
  }
  return { ancestors, descendants };
}

function mixedNames({ analytes, findings }: TextSource): Set<string> {
  const mixed = new Set(MIXED.split(' '));
  const texts = [
    ...Object.values(analytes).flatMap((a) => [...a.names, ...a.pt]),
    ...Object.values(findings).flatMap((f) => [...f.words, ...f.pt]),
  ];
  for (const text of texts) {
    if (!/\d/.test(text)) continue;
    for (const [word] of normalise(text).text.matchAll(/[a-z0-9]+/g))
      if (/[a-z]/.test(word) && /\d/.test(word) && !/^\d+(?:h|hr|d|wk|mo|yr)s?$/.test(word)) mixed.add(word);
  }
  return mixed;
}

type Read = (text: string) => Token[];

function* phrases(
  bundle: TextSource,
  read: Read,
  normalFindings: Map<string, string[]>,
): Generator<PhraseSource<Meaning>> {
  const { findings, abbreviations } = bundle;
  const names = analyteNames(bundle, read);
  // One object a meaning: the lexicon tells meanings apart by identity.
  const meanings = new Map<string, Meaning>();
  const meaningOf = (id: string, polarity: 'present' | 'absent'): Meaning => {
    const known = meanings.get(`${id} ${polarity}`);
    const meaning = known ?? { type: 'finding', id, polarity };
    if (!known) meanings.set(`${id} ${polarity}`, meaning);
    return meaning;
  };
  // What age and sex decide is not read from words: a calf in the note need not be the patient.
  const decided = new Set(abbreviations.signalment.map((s) => s.finding));
  for (const { tokens, id } of findingPhrases(findings, read)) {
    if (decided.has(id)) continue;
    const composed = compositionOf(tokens, names.byText);
    if (composed?.normal) noteNormal(normalFindings, composed.of, id);
    if (composed && (composed.normal || composed.of === findings[id]?.lab?.analyte)) continue;
    yield { tokens, meaning: meaningOf(id, 'present') };
    const opposite = withNegative(tokens);
    if (opposite) yield { tokens: opposite, meaning: meaningOf(id, 'absent') };
  }
  yield* namePhrases(names.list);
  for (const entry of abbreviations.normal) {
    const meaning: Meaning = { type: 'normal', deny: entry.deny };
    for (const say of entry.say) yield { tokens: read(say), meaning };
    for (const about of entry.about) {
      for (const word of [...NORMAL_WORDS, ...entry.words])
        yield { tokens: read(`${about} ${word}`), meaning };
    }
  }
  for (const { write, analytes: list } of abbreviations.panels) {
    const meaning: Meaning = { type: 'panel', analytes: list };
    for (const name of write) yield { tokens: read(name), meaning, fixedOrder: true };
  }
}

function* namePhrases(list: { id: string; tokens: Token[] }[]): Generator<PhraseSource<Meaning>> {
  const meanings = new Map<string, Meaning>();
  for (const { id, tokens } of list) {
    const meaning = meanings.get(id) ?? { type: 'analyte', id };
    meanings.set(id, meaning);
    yield { tokens, meaning, literal: true, fixedOrder: true };
  }
}

function noteNormal(normalFindings: Map<string, string[]>, of: string, id: string): void {
  const list = normalFindings.get(of) ?? [];
  if (!list.includes(id)) list.push(id);
  normalFindings.set(of, list);
}

const NORMAL_WORDS = [
  'normal',
  'wnl',
  'nad',
  'unremarkable',
  'ok',
  'fine',
  'within normal limits',
  'nsf',
  'normais',
];

/** All words first, then the labels: a phrase given as words beats the same phrase as a label. */
function* findingPhrases(findings: TextSource['findings'], read: Read) {
  const entries = Object.entries(findings);
  for (const [id, finding] of entries)
    for (const phrase of [...finding.words, ...finding.pt]) yield { id, tokens: read(phrase) };
  for (const [id, { label }] of entries)
    for (const phrase of [label.en, label.pt ?? '']) if (phrase !== '') yield { id, tokens: read(phrase) };
}

/** Names of analytes and panels; a panel goes by its analytes, joined. */
function analyteNames({ analytes, abbreviations }: TextSource, read: Read) {
  const list: { id: string; tokens: Token[] }[] = [];
  const byText = new Map<string, string>();
  const textOf = (tokens: Token[]) => tokens.map((t) => t.text).join(' ');
  for (const [id, analyte] of Object.entries(analytes)) {
    for (const name of [...analyte.names, ...analyte.pt]) {
      const tokens = read(name);
      list.push({ id, tokens });
      if (!byText.has(textOf(tokens))) byText.set(textOf(tokens), id);
    }
  }
  for (const panel of abbreviations.panels)
    for (const name of panel.write) byText.set(textOf(read(name)), panel.analytes.join());
  return { list, byText };
}

type Composition = { of: string; normal: boolean };

/** "low potassium", "T4 normal": an analyte or panel with a direction, understood from its parts, degree and list. */
function compositionOf(tokens: Token[], byText: ReadonlyMap<string, string>): Composition | null {
  let normal = true;
  // "high normal T4" is neither.
  if (tokens.some((t) => t.text === 'normal') && tokens.some((t) => t.text === 'high' || t.text === 'low'))
    return null;
  const rest: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    const said = readDirection(tokens, at, 'after') ?? readDirection(tokens, at, 'before');
    if (said) normal = said.direction === 'normal' && normal;
    else if (degreeOf(token) === null) rest.push(token);
    at += said?.length ?? 1;
  }
  if (rest.length === tokens.length) return null;
  const of = byText.get(rest.map((t) => t.text).join(' '));
  return of === undefined ? null : { of, normal };
}

/** "parvo positive" also says what "parvo negative" denies. */
function withNegative(tokens: Token[]): Token[] | null {
  if (tokens.length < 2 || !tokens.some((t) => t.key === 'positiv')) return null;
  return tokens.map((t) => (t.key === 'positiv' ? { ...t, text: 'negative', key: 'negativ' } : t));
}
