/**
 * Whether what a model cites stands in the case, and whether the case says it or denies it. The vet's corrections count
 * before the words of the note, and a finding that was set by hand may be cited by its label.
 */
import { normaliseName } from '@mozarela/clinical/names';
import { formatAge } from '@mozarela/clinical/score/signalment';
import type { ExtractedFinding, Extraction, Signalment } from '@mozarela/clinical/types';
import type { AiPayload } from './payload.ts';
import { ANY_PLACEHOLDER } from './redact/redact.ts';

export type Quote =
  | { kind: 'stated'; finding: ExtractedFinding | null }
  | { kind: 'rejected'; reason: string };

const MOST_CHARACTERS = 300;
const SEX_WORDS = {
  M: ['male', 'entire male', 'intact male', 'M'],
  MN: ['male', 'neutered male', 'male neutered', 'castrated male', 'MN'],
  F: ['female', 'entire female', 'intact female', 'F'],
  FS: ['female', 'spayed female', 'female spayed', 'neutered female', 'FS'],
};
/** Findings that speak for a disease must be in the patient, now or before. */
const DENIED = new Set<ExtractedFinding['assertion']>(['absent', 'other_animal', 'hypothetical']);
const DENIAL =
  /^(?:no|not|non|without|absent|negative|denies|never|nao|sem|nega|ausencia|nunca)\b|\b(?:absent|negative|normal|wnl|ausente|negativo)$/;

const STRUCK_OUT: Quote = { kind: 'rejected', reason: 'the veterinarian set it to absent' };
const SET_PRESENT: Quote = { kind: 'rejected', reason: 'the veterinarian set it to present' };
const isStruckOut = ({ corrected, assertion }: ExtractedFinding) =>
  corrected === true && assertion === 'absent';
const isSetPresent = ({ corrected, assertion }: ExtractedFinding) =>
  corrected === true && assertion === 'present';

export type Quotes = {
  /** @param against an absence may speak against a disease, and never for it unless quoted as one */
  find(words: string, against: boolean): Quote;
};

/** @param extraction of the payload: what the built-in engine read in it */
export function quotesOf(payload: AiPayload, extraction: Extraction): Quotes {
  const fields = [
    payload.clinicalSigns,
    payload.labFindings ?? '',
    ...payload.documents.map(({ text }) => text),
  ];
  const stated = [...fields, ...signalmentWords(payload, extraction.signalment)]
    .map((text) => ` ${normaliseName(text.replace(ANY_PLACEHOLDER, ' '))} `)
    .join('|');
  const findings = extraction.findings.map((finding) => ({ finding, words: normaliseName(finding.text) }));
  const byLabel = new Map(
    extraction.findings.flatMap((finding) =>
      finding.corrected ? [[normaliseName(finding.label), finding] as const] : [],
    ),
  );
  const isDenied = denialOf(extraction.findings);
  return {
    find(words, against) {
      const quote = normaliseName(words.replace(ANY_PLACEHOLDER, ' '));
      if (quote.length < 2 || words.length > MOST_CHARACTERS)
        return { kind: 'rejected', reason: 'not a finding of the case' };
      const set = byLabel.get(quote);
      if (set) return against || set.assertion !== 'absent' ? { kind: 'stated', finding: set } : STRUCK_OUT;
      if (!stated.includes(` ${quote} `)) return { kind: 'rejected', reason: 'does not occur in the case' };
      const within = findings.filter(({ words: text }) => text !== '' && ` ${quote} `.includes(` ${text} `));
      const around = findings.filter(({ words: text }) => ` ${text} `.includes(` ${quote} `));
      const read = within.length > 0 ? within : around;
      const isDenial = DENIAL.test(quote);
      if (!against && read.some(({ finding }) => isStruckOut(finding))) return STRUCK_OUT;
      if (isDenial && read.length > 0 && read.every(({ finding }) => isSetPresent(finding)))
        return SET_PRESENT;
      const denied = read.length > 0 && read.every(({ finding }) => isDenied(finding));
      if (denied && !against && !isDenial)
        return { kind: 'rejected', reason: 'the case says that it is absent, or not of this patient' };
      return { kind: 'stated', finding: read[0]?.finding ?? null };
    },
  };
}

/** Words about another animal may also be a finding of this patient, its exposure: they are still no sign of it. */
function denialOf(findings: ExtractedFinding[]): (finding: ExtractedFinding) => boolean {
  const spanOf = ({ field, start, end }: ExtractedFinding) => `${field}:${start}:${end}`;
  const elsewhere = new Set(findings.filter(({ assertion }) => assertion === 'other_animal').map(spanOf));
  return (finding) => DENIED.has(finding.assertion) || elsewhere.has(spanOf(finding));
}

function signalmentWords(payload: AiPayload, signalment: Signalment): string[] {
  const { species, breed, sex, age, weightKg } = payload;
  const years = signalment.ageYears;
  const ages =
    years === null
      ? []
      : [formatAge(years), `${formatAge(years)} old`, `${formatAge(years).replace(/s$/, '')} old`];
  const sexes = sex ? SEX_WORDS[sex] : [];
  const weights = weightKg === null ? [] : [`${weightKg} kg`, `${weightKg}kg`, `weight ${weightKg} kg`];
  return [species, ...signalment.animals, breed ?? '', age ?? '', ...ages, ...sexes, ...weights].filter(
    Boolean,
  );
}
