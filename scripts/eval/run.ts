/** Runs every case through the engine and says where the right diagnosis stands. */
import type { Engine } from '../../packages/clinical/src/assemble.ts';
import { caseContext } from '../../packages/clinical/src/score/evaluate.ts';
import { collectEvidence } from '../../packages/clinical/src/score/evidence.ts';
import { compileScoring, type ScoringModel } from '../../packages/clinical/src/score/model.ts';
import type { Parameters } from '../../packages/clinical/src/score/parameters.ts';
import { rank } from '../../packages/clinical/src/score/rank.ts';
import type { AnalysisResult } from '../../packages/clinical/src/types.ts';
import { type EvalCase, toInput } from './cases.ts';
import { indexNames, matchNames, type NameMatch } from './match.ts';

export type MissKind = 'not in base' | 'other animals only' | 'gated' | 'few findings' | 'out-ranked';

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
  redFlags: number;
  milliseconds: number;
};

const FEW = 3;

export function runCases(engine: Engine, parameters: Parameters, cases: readonly EvalCase[]): Outcome[] {
  const model = compileScoring(engine.bundle, parameters);
  const index = indexNames(engine.bundle.conditions);
  for (const item of cases.slice(0, 20)) engine.analyze(toInput(item));
  return cases.map((item) => {
    const input = toInput(item);
    const start = performance.now();
    const result = engine.analyze(input);
    const milliseconds = performance.now() - start;
    const matches = matchNames(index, [item.diagnosis, ...item.accept]);
    const outcome = judge(engine, item, result, matches);
    const rank = outcome.rank ?? placeInAll(model, result, matches);
    return { ...outcome, rank, milliseconds };
  });
}

/** The place among all conditions, for one that the result no longer lists. */
function placeInAll(
  model: ScoringModel,
  result: AnalysisResult,
  matches: ReadonlyMap<string, NameMatch>,
): number | null {
  const { signalment, findings, measurements } = result;
  const evidence = collectEvidence(model, { signalment, findings, measurements, notUsed: [] });
  const { ranked } = rank(caseContext(model, signalment, evidence));
  const place = ranked.findIndex((r) => matches.has(model.conditions[r.condition]?.id ?? ''));
  return place < 0 ? null : place + 1;
}

function judge(
  engine: Engine,
  item: EvalCase,
  result: AnalysisResult,
  matches: ReadonlyMap<string, NameMatch>,
): Omit<Outcome, 'milliseconds'> {
  const place = result.diagnoses.findIndex((d) => matches.has(d.id));
  const found = result.diagnoses[place];
  const animals: readonly string[] = result.signalment.animals;
  const inAnimal = engine.bundle.conditions.filter(
    (c) => matches.has(c.id) && animals.some((a) => a in c.species),
  );
  const match = matches.get(found?.id ?? inAnimal[0]?.id ?? [...matches.keys()][0] ?? '') ?? null;
  const understood = result.findings.filter((f) => f.assertion === 'present').length;
  return {
    id: item.id,
    species: item.species,
    system: item.system ?? 'unknown',
    difficulty: item.difficulty ?? 'unknown',
    match,
    rank: found ? place + 1 : null,
    probability: found?.probability ?? null,
    kind: missKind(
      result,
      place,
      match !== null,
      inAnimal.map((c) => c.id),
      understood,
    ),
    leading: result.diagnoses[0]?.name ?? null,
    leadingProbability: result.diagnoses[0]?.probability ?? 0,
    findings: understood,
    explained: found?.findingsFor.length ?? 0,
    redFlags: result.redFlags.length,
  };
}

function missKind(
  result: AnalysisResult,
  place: number,
  inBase: boolean,
  inAnimal: readonly string[],
  understood: number,
): MissKind | null {
  if (place === 0) return null;
  if (!inBase) return 'not in base';
  if (inAnimal.length === 0) return 'other animals only';
  if (place < 0 && inAnimal.every((id) => result.excluded.some((e) => e.id === id))) return 'gated';
  return understood < FEW ? 'few findings' : 'out-ranked';
}

/** Covered: the base holds the diagnosis for an animal the case may be. */
export function isCovered(outcome: Outcome): boolean {
  return outcome.match !== null && outcome.kind !== 'other animals only';
}
