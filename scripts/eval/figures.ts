/** Everything that is measured, as the object that is committed as eval/result.json. */
import type { Engine } from '../../packages/clinical/src/assemble.ts';
import { compileScoring } from '../../packages/clinical/src/score/model.ts';
import { DEFAULT_PARAMETERS } from '../../packages/clinical/src/score/parameters.ts';
import { calibrationError, leadingClaims, measureOther, type OtherShare } from './calibration.ts';
import { type EvalCase, loadCases, OPEN_CASES, toInput, VIGNETTES } from './cases.ts';
import { type Crossed, crossValidate } from './crossval.ts';
import { indexNames, matchNames, type NameIndex } from './match.ts';
import { groupBy, type Score, score } from './report.ts';
import { type Outcome, runCases } from './run.ts';
import { type Alarms, type CannotMiss, measureAlarms, measureCannotMiss } from './safety.ts';
import { measureStability, type Stability } from './stability.ts';

type Groups = Record<string, Score>;

export type SetFigures = {
  all: Score;
  species: Groups;
  system: Groups;
  difficulty: Groups;
  misses: Record<string, number>;
  /** Percentage points between what the first diagnosis says and how often it is right. */
  calibrationError: number;
  other: OtherShare;
  cases: {
    id: string;
    rank: number | null;
    kind: string | null;
    rule: string | null;
    condition: string | null;
  }[];
};

export type Figures = {
  knowledge: string;
  conditions: number;
  open: SetFigures;
  vignettes: SetFigures;
  /** The open cases, with constants chosen without the case that is counted. */
  crossValidated: { folds: number; top: Score['top']; chosen: Crossed['chosen'] };
  cannotMiss: CannotMiss;
  routine: Alarms;
  stability: { all: Stability; by: Record<string, Stability> };
};

/** What a check measures again: seconds. The rest of `Figures` takes a minute. */
export type QuickFigures = Pick<Figures, 'conditions' | 'open' | 'vignettes' | 'cannotMiss' | 'routine'>;

export function measureQuick(
  engine: Engine,
): QuickFigures & { outcomes: Record<'open' | 'vignettes', Outcome[]> } {
  const open = measureSet(engine, loadCases(OPEN_CASES));
  const vignettes = measureSet(engine, loadCases(VIGNETTES));
  return {
    conditions: engine.bundle.conditions.length,
    open: open.figures,
    vignettes: vignettes.figures,
    cannotMiss: measureCannotMiss(engine),
    routine: measureAlarms(engine),
    outcomes: { open: open.outcomes, vignettes: vignettes.outcomes },
  };
}

export function measureRest(engine: Engine): Pick<Figures, 'crossValidated' | 'stability'> {
  const open = loadCases(OPEN_CASES);
  const index = indexNames(engine.bundle.conditions);
  const crossed = crossValidate(
    engine.bundle,
    open.map((item) => ({ extraction: engine.extract(toInput(item)), right: rightConditions(index, item) })),
  );
  const within = (n: number) => crossed.places.filter((p) => p !== null && p <= n).length;
  const inputs = [...open, ...loadCases(VIGNETTES)].map(toInput);
  return {
    crossValidated: {
      folds: crossed.folds,
      top: { 1: within(1), 3: within(3), 5: within(5), 10: within(10) },
      chosen: crossed.chosen,
    },
    stability: measureStability(engine, inputs),
  };
}

function rightConditions(index: NameIndex, item: EvalCase): ReadonlySet<string> {
  return new Set(matchNames(index, [item.diagnosis, ...item.accept]).keys());
}

function measureSet(
  engine: Engine,
  cases: readonly EvalCase[],
): { figures: SetFigures; outcomes: Outcome[] } {
  const outcomes = runCases(engine, DEFAULT_PARAMETERS, cases);
  const results = outcomes.map((o) => o.result);
  const index = indexNames(engine.bundle.conditions);
  const right = cases.map((item) => rightConditions(index, item));
  const model = compileScoring(engine.bundle, DEFAULT_PARAMETERS);
  const table = (key: 'species' | 'difficulty' | 'system'): Groups =>
    Object.fromEntries(groupBy(outcomes, key).map(([name, group]) => [name, score(group)]));
  const missed = Object.groupBy(
    outcomes.filter((o) => o.kind !== null),
    (o) => o.kind as string,
  );
  const figures = {
    all: score(outcomes),
    species: table('species'),
    system: table('system'),
    difficulty: table('difficulty'),
    misses: Object.fromEntries(Object.entries(missed).map(([kind, list]) => [kind, list?.length ?? 0])),
    calibrationError: round(calibrationError(leadingClaims(results, right))),
    other: rounded(
      measureOther(
        model,
        results.map((r) => ({ ...r, notUsed: r.notUsedSpans })),
        right,
      ),
    ),
    cases: outcomes.map((o) => ({
      id: o.id,
      rank: o.rank,
      kind: o.kind,
      rule: o.match?.rule ?? null,
      condition: o.match?.condition ?? null,
    })),
  };
  return { figures, outcomes };
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

function rounded(share: OtherShare): OtherShare {
  return { ...share, inBase: round(share.inBase), takenOut: round(share.takenOut) };
}
