/** One ranked condition as the vet reads it: why, why not, what is left, what to do next. */
import type { KnowledgeBundle } from '../knowledge/schema.ts';
import type { Band, Diagnosis, Evidence } from '../types.ts';
import { type CaseContext, factorsOf, weighAbsent } from './evaluate.ts';
import type { ScoringModel } from './model.ts';
import type { Ranked } from './rank.ts';
import { type Contribution, presentContributions } from './weigh.ts';
import { noticeWords, reasoning } from './wording.ts';

/** Weights below this are noise and are not listed. */
const SHOWN = 0.05;

export function toDiagnosis(context: CaseContext, ranked: Ranked, band: Band): Diagnosis {
  const { model } = context;
  const { bundle } = model;
  const entry = model.conditions[ranked.condition];
  if (!entry) throw new RangeError(`no condition ${ranked.condition}`);
  const label = (f: number) => model.findings[f]?.label.en ?? '';
  const toEvidence = (c: Contribution): Evidence => ({
    finding: c.evidence.source.id,
    label: label(c.evidence.finding),
    text: c.evidence.source.text,
    weight: round(c.weight),
  });
  const contributions = presentContributions(context.weights, ranked.condition);
  const factors = factorsOf(context, ranked.condition);
  const by = (test: (c: Contribution) => boolean) => contributions.filter(test);
  const supporting = by((c) => c.role === 'explained' && c.weight > SHOWN).sort(
    (a, b) => b.weight - a.weight,
  );
  const denied = weighAbsent(context, ranked.condition).filter((c) => c.weight < -SHOWN);
  const opposing = by((c) => c.role === 'against' || (c.role === 'explained' && c.weight < -SHOWN));
  const against = [...opposing, ...denied].sort((a, b) => a.weight - b.weight);
  const unexplained = unexplainedBy(model, contributions).map(label);
  return {
    id: entry.id,
    name: entry.name.en,
    synonyms: entry.synonyms,
    probability: ranked.probability,
    points: null,
    band,
    urgent: entry.urgent,
    notices: entry.notices.map(noticeWords),
    reasoning: reasoning({
      name: entry.name.en,
      supporting: supporting.map((c) => label(c.evidence.finding)),
      expectedAbsent: denied.map((c) => label(c.evidence.finding)),
      opposing: opposing.map((c) => label(c.evidence.finding)),
      unexplained,
      raising: factors.filter((f) => f.multiplier > 1.2).map((f) => f.factor),
      lowering: factors.filter((f) => f.multiplier < 0.8).map((f) => f.factor),
    }),
    findingsFor: supporting.map(toEvidence),
    findingsAgainst: against.map(toEvidence),
    unexplained,
    suggestedTests: suggestedTests(bundle, entry.tests),
    treatmentPlan: entry.plan,
    references: linkedReferences(bundle, entry.references),
    review: entry.review === 'unreviewed' ? 'unreviewed' : `${entry.review.by}, ${entry.review.date}`,
    signalment: factors.map((f) => ({ factor: f.factor, multiplier: round(f.multiplier) })),
  };
}

/** Important findings of the case that the condition does not explain, as indices. */
function unexplainedBy({ findings, parameters }: ScoringModel, contributions: Contribution[]): number[] {
  return contributions
    .filter((c) => c.role === 'unexplained' || c.role === 'against')
    .map((c) => c.evidence.finding)
    .filter((f) => (findings[f]?.importance ?? 0) >= parameters.other.importance);
}

function round(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}

/** Where a share of probability stands, relative to the leading one. */
export function bandOf(ranked: Ranked, leading: number, enough: boolean): Band {
  if (enough && ranked.probability >= 25 && ranked.probability >= 0.7 * leading) return 'leading';
  if (ranked.probability >= 15) return 'likely';
  return ranked.probability >= 5 ? 'possible' : 'less likely';
}

const PURPOSE_ORDER = ['screen', 'confirm', 'exclude', 'stage', 'monitor'];

/** Tests of a condition, cheapest first. */
export function suggestedTests(
  bundle: KnowledgeBundle,
  tests: KnowledgeBundle['conditions'][number]['tests'],
): Diagnosis['suggestedTests'] {
  return tests
    .map((t) => ({
      id: t.test,
      name: bundle.tests[t.test]?.label.en ?? t.test,
      tier: t.tier,
      purpose: t.for,
    }))
    .sort((a, b) => a.tier - b.tier || PURPOSE_ORDER.indexOf(a.purpose) - PURPOSE_ORDER.indexOf(b.purpose));
}

/** Only sources that somebody looked up are linked. */
export function linkedReferences(
  bundle: KnowledgeBundle,
  ids: readonly string[],
): { title: string; url: string }[] {
  return ids.flatMap((id) => {
    const reference = bundle.references[id];
    if (!reference?.checked || !reference.url) return [];
    return [{ title: `${reference.title}, ${reference.publisher}`, url: reference.url }];
  });
}
