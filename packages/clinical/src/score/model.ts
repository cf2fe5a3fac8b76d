/** The knowledge base compiled for scoring: ids become indices, frequencies a dense matrix. */
import type { Animal } from '../animals.ts';
import { FREQUENCY } from '../knowledge/frequency.ts';
import type { Condition, Finding, KnowledgeBundle } from '../knowledge/schema.ts';
import type { Parameters } from './parameters.ts';
import { meanAgeRisk } from './signalment.ts';

export type ScoringModel = {
  bundle: KnowledgeBundle;
  parameters: Parameters;
  findingIds: string[];
  findings: Finding[];
  indexOf: ReadonlyMap<string, number>;
  /** More general findings, nearest first. */
  ancestors: readonly (readonly number[])[];
  /** How silence on a finding is taken: one of `SILENCE`, and from `SILENCE.test` on by the kind of test that shows it. */
  silence: Uint8Array;
  silenceClasses: number;
  /** Findings that a number of the analyte can show. */
  ofAnalyte: ReadonlyMap<string, readonly number[]>;
  /** Finding -> organ-system group, as an index. */
  group: Uint8Array;
  groupCount: number;
  conditions: readonly Condition[];
  /** freq[condition * findings + finding]: P(finding | condition) by the condition alone; 0 where unlisted. */
  freq: Float32Array;
  /** 1 where the condition itself lists the finding, 0 where only a child of it. */
  listed: Uint8Array;
  /** Findings that each condition lists, and those that argue against it. */
  own: readonly Int32Array[];
  against: readonly Int32Array[];
  forAnimals: (animals: readonly Animal[]) => AnimalModel;
};

/** What depends on the animal: how often other sick patients of its kind show each finding. */
export type AnimalModel = {
  animals: readonly Animal[];
  /** P(finding | any other sick patient). */
  background: Float64Array;
  /** P(finding) over all conditions of the animal, weighted by commonness. */
  overall: Float64Array;
  /** Commonness 0 (not in these animals) .. 5 by condition. */
  commonness: Uint8Array;
  /** `meanAgeRisk` by condition; 1 where the condition names no age. */
  ageMean: Float64Array;
  /** For the findings of `own`: ln( P(not finding | condition) / P(not finding) ). */
  ownAbsence: readonly Float64Array[];
};

/** Not noted at all; noted when seen; seldom asked; known only where a kind of test was done. */
export const SILENCE = { never: 0, seen: 1, history: 2, test: 3 } as const;

export function compileScoring(bundle: KnowledgeBundle, parameters: Parameters): ScoringModel {
  const findingIds = Object.keys(bundle.findings);
  const findings = findingIds.map((id) => bundle.findings[id] as Finding);
  const indexOf = new Map(findingIds.map((id, i) => [id, i]));
  const parents = findings.map((f) => toIndices(f.parents, indexOf));
  const ancestors = parents.map((_, i) => ancestorsOf(i, parents));
  const groups = [...new Set(findings.map((f) => f.group))];
  const testKinds = [...new Set(findings.map(testKind).filter((kind) => kind !== null))];
  const own = bundle.conditions.map((c) => Int32Array.from(toIndices(Object.keys(c.findings), indexOf)));
  const model: ScoringModel = {
    bundle,
    parameters,
    findingIds,
    findings,
    indexOf,
    ancestors,
    silence: Uint8Array.from(findings, (f) => silenceOf(f, testKinds)),
    silenceClasses: SILENCE.test + testKinds.length,
    ofAnalyte: Map.groupBy(
      findings.map((_, f) => f).filter((f) => findings[f]?.lab !== undefined),
      (f) => findings[f]?.lab?.analyte ?? '',
    ),
    group: Uint8Array.from(findings, (f) => groups.indexOf(f.group)),
    groupCount: groups.length,
    conditions: bundle.conditions,
    freq: new Float32Array(bundle.conditions.length * findings.length),
    listed: new Uint8Array(bundle.conditions.length * findings.length),
    own,
    against: bundle.conditions.map((c) => Int32Array.from(toIndices(c.against, indexOf))),
    forAnimals: (animals) => {
      const key = animals.join();
      const known = cache.get(key) ?? compileAnimals(model, animals);
      cache.set(key, known);
      return known;
    },
  };
  const cache = new Map<string, AnimalModel>();
  fillFrequencies(model, parents);
  return model;
}

/** Laboratory findings are known or unknown by panel, imaging as a whole. */
function testKind({ kind, group }: Finding): string | null {
  if (kind === 'imaging') return 'imaging';
  return kind === 'lab' ? group : null;
}

function silenceOf(finding: Finding, testKinds: readonly string[]): number {
  const test = testKind(finding);
  if (test !== null) return SILENCE.test + testKinds.indexOf(test);
  if (finding.kind === 'signalment') return SILENCE.never;
  return ['history', 'exposure', 'course'].includes(finding.kind) ? SILENCE.history : SILENCE.seen;
}

function toIndices(ids: readonly string[], indexOf: ReadonlyMap<string, number>): number[] {
  return ids.map((id) => indexOf.get(id)).filter((i) => i !== undefined);
}

/** Breadth first, so that the nearest come first. Cycles, which the build refuses, end the walk. */
function ancestorsOf(start: number, parents: readonly number[][]): number[] {
  const found: number[] = [];
  const queue = [...(parents[start] ?? [])];
  for (const next of queue) {
    if (next === start || found.includes(next)) continue;
    found.push(next);
    queue.push(...(parents[next] ?? []));
  }
  return found;
}

/**
 * A patient who shows a child shows its parents: P(parent | D) is at least what the children together give
 * (noisy-or), and at least what the condition says of the parent itself.
 */
function fillFrequencies(model: ScoringModel, parents: readonly number[][]): void {
  const n = model.findings.length;
  const depthFirst = deepestFirst(parents);
  model.conditions.forEach((condition, c) => {
    const missed = new Map<number, number>();
    for (const f of model.own[c] as Int32Array) {
      const frequency = FREQUENCY[condition.findings[model.findingIds[f] as string] ?? 'rare'];
      model.freq[c * n + f] = frequency;
      model.listed[c * n + f] = 1;
    }
    const touched = new Set<number>();
    for (const f of model.own[c] as Int32Array) {
      touched.add(f);
      for (const a of model.ancestors[f] as readonly number[]) touched.add(a);
    }
    const order = [...touched].sort((a, b) => (depthFirst[b] as number) - (depthFirst[a] as number));
    for (const f of order) {
      const children = Math.min(FREQUENCY.cardinal, 1 - (missed.get(f) ?? 1));
      const p = Math.max(model.freq[c * n + f] as number, children);
      model.freq[c * n + f] = p;
      for (const parent of parents[f] ?? []) missed.set(parent, (missed.get(parent) ?? 1) * (1 - p));
    }
  });
}

/** Longest distance to a root, so that children can be handled before their parents. */
function deepestFirst(parents: readonly number[][]): number[] {
  const depth: number[] = [];
  const visit = (f: number, path: number): number => {
    if (path > parents.length) return 0;
    depth[f] ??= Math.max(0, ...(parents[f] ?? []).map((p) => visit(p, path + 1) + 1));
    return depth[f];
  };
  for (let f = 0; f < parents.length; f++) visit(f, 0);
  return depth;
}

/** Background of one finding in one animal. */
export function backgroundOf(finding: Finding, animal: Animal): number {
  const { background } = finding;
  const value =
    typeof background === 'object' ? (background[animal] ?? background.default ?? 'rare') : background;
  return typeof value === 'number' ? value : FREQUENCY[value];
}

function compileAnimals(model: ScoringModel, animals: readonly Animal[]): AnimalModel {
  const { findings, conditions, parameters } = model;
  const n = findings.length;
  const background = Float64Array.from(
    findings,
    (f) => animals.reduce((sum, animal) => sum + backgroundOf(f, animal), 0) / Math.max(1, animals.length),
  );
  const commonness = Uint8Array.from(conditions, (c) =>
    Math.max(0, ...animals.map((a) => c.species[a] ?? 0)),
  );
  const overall = new Float64Array(n);
  let total = 0;
  conditions.forEach((_, c) => {
    if (commonness[c] === 0) return;
    const weight = commonnessWeight(parameters, commonness[c] as number) ** parameters.priorExponent;
    total += weight;
    for (let f = 0; f < n; f++)
      overall[f] = (overall[f] as number) + weight * (model.freq[c * n + f] as number);
  });
  for (let f = 0; f < n; f++) {
    const listed = total > 0 ? (overall[f] as number) / total : 0;
    const bg = background[f] as number;
    overall[f] = bg + (1 - bg) * listed;
  }
  const ownAbsence = model.own.map((own, c) =>
    Float64Array.from(own, (f) => {
      const p = leaky(background[f] as number, model.freq[c * n + f] as number);
      return logAbsence(p, overall[f] as number);
    }),
  );
  const ageMean = Float64Array.from(conditions, ({ species, signalment: { age } }) => {
    const animal = animals.find((a) => a in species);
    return age && animal ? meanAgeRisk(age, animal, parameters.ageFloor) : 1;
  });
  return { animals, background, overall, commonness, ownAbsence, ageMean };
}

/** ln( (1 - p) / (1 - overall) ). */
export function logAbsence(p: number, overall: number): number {
  return Math.log((1 - p) / (1 - overall));
}

export function commonnessWeight(parameters: Parameters, commonness: number): number {
  return parameters.commonness[commonness - 1] ?? 0;
}

/** P(finding | condition) with the leak: whatever else the patient has may cause it too. */
export function leaky(background: number, frequency: number): number {
  return 1 - (1 - background) * (1 - frequency);
}
