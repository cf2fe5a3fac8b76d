/** What must not be missed: rules over findings and signalment, run before any engine and without any model. */
import type { KnowledgeBundle, RedFlag } from './knowledge/schema.ts';
import { countsAlthoughPast } from './score/evidence.ts';
import { linkedReferences } from './score/explain.ts';
import { effectiveFindings } from './text/effective.ts';
import type { ExtractedFinding, Extraction, RedFlagHit } from './types.ts';

/** Hits in the order of the knowledge base. Deterministic. */
export function evaluateRedFlags(bundle: KnowledgeBundle, extraction: Extraction): RedFlagHit[] {
  const held = heldFindings(bundle, extraction.findings);
  const hits: RedFlagHit[] = [];
  for (const [id, rule] of Object.entries(bundle.redFlags)) {
    const raisedBy = matchRule(rule, extraction, held);
    if (raisedBy) hits.push(toHit(bundle, id, rule, raisedBy));
  }
  return hits;
}

/**
 * Finding id -> the stated finding that shows it, children lifted to their parents. Certain ones win. `possible`,
 * and what the vet marked unsure, raise a flag: a doubt about a threat is a reason to look.
 */
function heldFindings(
  bundle: KnowledgeBundle,
  findings: readonly ExtractedFinding[],
): Map<string, { source: ExtractedFinding; certain: boolean }> {
  const held = new Map<string, { source: ExtractedFinding; certain: boolean }>();
  const hold = (id: string, source: ExtractedFinding, certain: boolean): void => {
    const before = held.get(id);
    if (before && (before.certain || !certain)) return;
    held.set(id, { source, certain });
    for (const parent of bundle.findings[id]?.parents ?? []) hold(parent, source, certain);
  };
  const recent = findings.filter((f) => !isOver(f, bundle.findings[f.id]?.kind));
  for (const source of effectiveFindings(recent).values()) {
    const { assertion } = source;
    const past = assertion === 'historical' && countsAlthoughPast(bundle.findings[source.id]?.kind);
    if (assertion === 'present' || past) hold(source.id, source, true);
    else if (assertion === 'possible' || assertion === 'unsure') hold(source.id, source, false);
  }
  return held;
}

/** Grapes eaten last year threaten nobody today, whatever they may explain. The vet's own word counts whatever was read. */
function isOver({ longAgo, corrected, assertion }: ExtractedFinding, kind: string | undefined): boolean {
  return longAgo === true && !corrected && (assertion === 'historical' || kind === 'exposure');
}

/**
 * The findings that raise the rule, or null. An unknown sex does not clear a rule; an unknown breed or age does. An
 * age guessed from a stage of life counts as the youngest it can be.
 */
function matchRule(
  rule: RedFlag,
  { signalment, youngestYears }: Extraction,
  held: ReadonlyMap<string, { source: ExtractedFinding; certain: boolean }>,
): ExtractedFinding[] | null {
  const { when } = rule;
  if (when.species && !when.species.some((animal) => signalment.animals.includes(animal))) return null;
  if (when.sex && signalment.sex !== null && !when.sex.includes(signalment.sex)) return null;
  const breeds = [signalment.breedId, ...signalment.breedGroups];
  if (when.breeds && !when.breeds.some((breed) => breeds.includes(breed))) return null;
  const age = youngestYears ?? signalment.ageYears ?? Infinity;
  if (when.ageUnderYears !== undefined && age >= when.ageUnderYears) return null;
  if (when.none.some((id) => held.get(id)?.certain)) return null;
  const all = when.all.map((id) => held.get(id)?.source);
  if (all.includes(undefined)) return null;
  const any = when.any.map((id) => held.get(id)?.source).filter((source) => source !== undefined);
  if (when.any.length > 0 && new Set(any).size < when.atLeast) return null;
  return [...all.filter((source) => source !== undefined), ...any];
}

function toHit(
  bundle: KnowledgeBundle,
  id: string,
  rule: RedFlag,
  raisedBy: readonly ExtractedFinding[],
): RedFlagHit {
  return {
    id,
    title: rule.title.en,
    why: rule.why,
    excludeBy: rule.excludeBy,
    doNow: rule.doNow,
    reference: linkedReferences(bundle, rule.references)[0] ?? null,
    findings: [...new Set(raisedBy.map((f) => f.label))],
  };
}
