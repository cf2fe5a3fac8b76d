/** Does the answer stay the same when the words change? */
import type { Engine } from '../../packages/clinical/src/assemble.ts';
import type { CaseInput } from '../../packages/clinical/src/types.ts';
import { PARAPHRASES, type Paraphrase } from './paraphrase.ts';

export type Stability = {
  /** Paraphrases that differ from the case in at least one letter. */
  compared: number;
  /** The leading diagnosis of the case is still among the first three. */
  leaderKept: number;
  /** The first three are the same three, in any order. */
  sameThree: number;
};

export function measureStability(
  engine: Engine,
  inputs: readonly CaseInput[],
): { all: Stability; by: Record<Paraphrase, Stability> } {
  const first = inputs.map((input) => firstThree(engine, input));
  const names = Object.keys(PARAPHRASES) as Paraphrase[];
  const by = Object.fromEntries(names.map((name) => [name, compare(engine, inputs, first, name)])) as Record<
    Paraphrase,
    Stability
  >;
  const all = { compared: 0, leaderKept: 0, sameThree: 0 };
  for (const s of Object.values(by)) {
    all.compared += s.compared;
    all.leaderKept += s.leaderKept;
    all.sameThree += s.sameThree;
  }
  return { all, by };
}

function compare(
  engine: Engine,
  inputs: readonly CaseInput[],
  first: readonly string[][],
  name: Paraphrase,
): Stability {
  const result = { compared: 0, leaderKept: 0, sameThree: 0 };
  inputs.forEach((input, i) => {
    const changed = PARAPHRASES[name](input);
    if (changed.clinicalSigns === input.clinicalSigns && changed.labFindings === input.labFindings) return;
    const before = first[i] as string[];
    const after = firstThree(engine, changed);
    result.compared++;
    if (after.includes(before[0] ?? '')) result.leaderKept++;
    if (before.every((id) => after.includes(id))) result.sameThree++;
  });
  return result;
}

function firstThree(engine: Engine, input: CaseInput): string[] {
  return engine
    .analyze(input)
    .diagnoses.slice(0, 3)
    .map((d) => d.id);
}
