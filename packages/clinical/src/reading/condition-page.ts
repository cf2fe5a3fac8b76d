/** One condition as a page shows it: ids become words, sources that nobody looked up lose their address. */
import type { Animal, Sex } from '../animals.ts';
import type { Condition, FrequencyClass, KnowledgeBundle } from '../knowledge/schema.ts';
import { suggestedTests } from '../score/explain.ts';
import type { Diagnosis } from '../types.ts';
import { findLookAlikes, type LookAlike } from './look-alikes.ts';

export type ConditionPage = {
  /** Version of the knowledge base. */
  version: string;
  id: string;
  name: string;
  pt: string | null;
  synonyms: string[];
  ptSynonyms: string[];
  system: Condition['system'];
  urgent: boolean;
  notices: Condition['notices'];
  /** Most common first; commonness 1 exceptional .. 5 everyday. */
  species: { animal: Animal; commonness: number }[];
  signalment: {
    /** Years: risk begins, is full from, is full until, ends. */
    age: Condition['signalment']['age'] | null;
    /** Multipliers of risk; 0 where impossible. */
    sex: { sex: Sex; multiplier: number }[];
    breeds: { name: string; multiplier: number }[];
  };
  /** From cardinal to rare; classes without a finding are left out. */
  findings: { frequency: FrequencyClass; labels: string[] }[];
  against: string[];
  lookAlikes: LookAlike[];
  redFlags: { id: string; title: string; why: string; doNow: string }[];
  tests: Diagnosis['suggestedTests'];
  plan: Condition['plan'];
  /** `url` is null unless somebody looked the source up; `checked` says when and how. */
  references: {
    title: string;
    publisher: string;
    year: number | null;
    url: string | null;
    checked: string | null;
  }[];
  /** "unreviewed", or by whom and when. */
  review: string;
};

const CLASSES: readonly FrequencyClass[] = ['cardinal', 'usual', 'half', 'uncommon', 'rare'];

/** The page of a condition; null when the knowledge base does not hold it. */
export function readCondition(bundle: KnowledgeBundle, id: string): ConditionPage | null {
  const condition = bundle.conditions.find((entry) => entry.id === id);
  if (!condition) return null;
  const label = (finding: string) => bundle.findings[finding]?.label.en ?? finding;
  const { signalment, review } = condition;
  return {
    version: bundle.version,
    id,
    name: condition.name.en,
    pt: condition.name.pt ?? null,
    synonyms: condition.synonyms,
    ptSynonyms: condition.pt,
    system: condition.system,
    urgent: condition.urgent,
    notices: condition.notices,
    species: (Object.entries(condition.species) as [Animal, number][])
      .map(([animal, commonness]) => ({ animal, commonness }))
      .sort((a, b) => b.commonness - a.commonness),
    signalment: {
      age: signalment.age ?? null,
      sex: (Object.entries(signalment.sex ?? {}) as [Sex, number][]).map(([sex, multiplier]) => ({
        sex,
        multiplier,
      })),
      breeds: Object.entries(signalment.breeds ?? {})
        .map(([breed, multiplier]) => ({ name: breedName(bundle, breed), multiplier }))
        .sort((a, b) => b.multiplier - a.multiplier),
    },
    findings: CLASSES.flatMap((frequency) => {
      const labels = Object.entries(condition.findings).flatMap(([finding, own]) =>
        own === frequency ? [label(finding)] : [],
      );
      return labels.length > 0 ? [{ frequency, labels }] : [];
    }),
    against: condition.against.map(label),
    lookAlikes: findLookAlikes(bundle, condition),
    redFlags: Object.entries(bundle.redFlags)
      .filter(([, flag]) => flag.conditions.includes(id))
      .map(([flagId, { title, why, doNow }]) => ({ id: flagId, title: title.en, why, doNow })),
    tests: suggestedTests(bundle, condition.tests),
    plan: condition.plan,
    references: condition.references.flatMap((reference) => toReference(bundle, reference)),
    review: review === 'unreviewed' ? review : `${review.by}, ${review.date}`,
  };
}

/** The name of a breed, or of a group of breeds from its id: deep_chested -> "deep chested breeds". */
function breedName(bundle: KnowledgeBundle, id: string): string {
  return bundle.breeds[id]?.name ?? `${id.replaceAll('_', ' ')} breeds`;
}

function toReference(bundle: KnowledgeBundle, id: string): ConditionPage['references'] {
  const reference = bundle.references[id];
  if (!reference) return [];
  const { title, publisher, year, url, checked } = reference;
  return [
    {
      title,
      publisher,
      year: year ?? null,
      url: checked && url ? url : null,
      checked: checked ? `${checked.date}, ${checked.how}` : null,
    },
  ];
}
