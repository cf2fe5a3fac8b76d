/** Runs every case through the engine and says where the right diagnosis stands. */
import type { Engine } from '../../packages/clinical/src/assemble.ts';
import { caseContext } from '../../packages/clinical/src/score/evaluate.ts';
import { collectEvidence } from '../../packages/clinical/src/score/evidence.ts';
import { compileScoring, type ScoringModel } from '../../packages/clinical/src/score/model.ts';
import type { Parameters } from '../../packages/clinical/src/score/parameters.ts';
import { rank } from '../../packages/clinical/src/score/rank.ts';
import { presentContributions } from '../../packages/clinical/src/score/weigh.ts';
import type { AnalysisResult } from '../../packages/clinical/src/types.ts';
import { type EvalCase, toInput } from './cases.ts';
import { indexNames, matchNames, type NameMatch } from './match.ts';

/**
 * Why the right diagnosis is not first. Not understood: fewer than three findings were read, or two fifths of the
 * note were not. Out-ranked: read, and another fits better in the eyes of the engine.
 */
export type MissKind = 'not in base' | 'other animals only' | 'gated' | 'not understood' | 'out-ranked';

export type Outcome = {
  id: string;
  species: string;
  system: string;
  difficulty: string;
  /** How the base names the diagnosis; null when it has none. */
  match: NameMatch | null;
  /** Place of the right diagnosis, 1-based, past the end of the shown list too; null when nothing ranks it. */
  rank: number | null;
  probability: number | null;
  kind: MissKind | null;
  leading: string | null;
  leadingProbability: number;
  /** Findings understood as present, and how many of them the right condition explains. */
  findings: number;
  explained: number;
  /** Share of the letters of the note that no finding, number or statement used, 0-1. */
  unread: number;
  redFlags: number;
  result: AnalysisResult;
  milliseconds: number;
};

const FEW = 3;
const MUCH_UNREAD = 0.4;

export function runCases(engine: Engine, parameters: Parameters, cases: readonly EvalCase[]): Outcome[] {
  const model = compileScoring(engine.bundle, parameters);
  const index = indexNames(engine.bundle.conditions);
  for (const item of cases.slice(0, 10)) engine.analyze(toInput(item));
  return cases.map((item) => {
    const input = toInput(item);
    const start = performance.now();
    const result = engine.analyze(input);
    const milliseconds = performance.now() - start;
    const matches = matchNames(index, [item.diagnosis, ...item.accept]);
    const place = placeInAll(model, result, matches);
    return { ...judge(engine, item, result, matches, place), milliseconds };
  });
}

type Place = { rank: number; explained: number };

/** The place among all conditions, also for one that the result no longer lists. */
function placeInAll(
  model: ScoringModel,
  result: AnalysisResult,
  matches: ReadonlyMap<string, NameMatch>,
): Place | null {
  const { signalment, findings, measurements } = result;
  const evidence = collectEvidence(model, { signalment, findings, measurements, notUsed: [] });
  const context = caseContext(model, signalment, evidence);
  const { ranked } = rank(context);
  const index = ranked.findIndex((r) => matches.has(model.conditions[r.condition]?.id ?? ''));
  const found = ranked[index];
  if (!found) return null;
  const explained = presentContributions(context.weights, found.condition).filter(
    (c) => c.role === 'explained' && c.weight > 0,
  );
  return { rank: index + 1, explained: explained.length };
}

function judge(
  engine: Engine,
  item: EvalCase,
  result: AnalysisResult,
  matches: ReadonlyMap<string, NameMatch>,
  place: Place | null,
): Omit<Outcome, 'milliseconds'> {
  const found = result.diagnoses.find((d) => matches.has(d.id));
  const animals: readonly string[] = result.signalment.animals;
  const inAnimal = engine.bundle.conditions.filter(
    (c) => matches.has(c.id) && animals.some((a) => a in c.species),
  );
  const match = matches.get(found?.id ?? inAnimal[0]?.id ?? [...matches.keys()][0] ?? '') ?? null;
  const findings = result.findings.filter((f) => f.assertion === 'present').length;
  const unread = unreadShare(item, result);
  return {
    id: item.id,
    species: item.species,
    system: item.system ?? 'unknown',
    difficulty: item.difficulty ?? 'unknown',
    match,
    rank: place?.rank ?? null,
    probability: found?.probability ?? null,
    kind: missKind(result, place, match !== null, inAnimal, findings < FEW || unread > MUCH_UNREAD),
    leading: result.diagnoses[0]?.name ?? null,
    leadingProbability: result.diagnoses[0]?.probability ?? 0,
    findings,
    explained: place?.explained ?? 0,
    unread,
    redFlags: result.redFlags.length,
    result,
  };
}

function unreadShare(item: EvalCase, result: AnalysisResult): number {
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').length;
  const unread = result.notUsed.reduce((sum, text) => sum + letters(text), 0);
  return unread / Math.max(1, letters(item.clinicalSigns) + letters(item.labFindings ?? ''));
}

function missKind(
  result: AnalysisResult,
  place: Place | null,
  inBase: boolean,
  inAnimal: readonly { id: string }[],
  unread: boolean,
): MissKind | null {
  if (place?.rank === 1) return null;
  if (!inBase) return 'not in base';
  if (inAnimal.length === 0) return 'other animals only';
  if (place === null && inAnimal.every(({ id }) => result.excluded.some((e) => e.id === id))) return 'gated';
  return unread ? 'not understood' : 'out-ranked';
}

/** Covered: the base holds the diagnosis for an animal the case may be. */
export function isCovered(outcome: Outcome): boolean {
  return outcome.match !== null && outcome.kind !== 'other animals only';
}
