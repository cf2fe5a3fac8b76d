/** Which other conditions look like one: computed from the findings, never written by hand. */

import { FREQUENCY } from '../knowledge/frequency.ts';
import type { Condition, KnowledgeBundle } from '../knowledge/schema.ts';

export type LookAlike = {
  id: string;
  name: string;
  urgent: boolean;
  /** Labels of what both have and few others do, by falling weight. */
  shared: string[];
  /** Labels of findings that are usual in this look-alike and not listed for the condition itself. */
  apart: string[];
};

const SHOWN = 8;
const SHARED_SHOWN = 4;
const APART_SHOWN = 3;
/** Less alike than this is chance: two diseases that both have lethargy and vomiting. */
const ALIKE = 0.2;

/** Finding -> how often it occurs, parents included: who has a child has its parents. */
type Picture = ReadonlyMap<string, number>;

function pictureOf(bundle: KnowledgeBundle, condition: Condition): Picture {
  const picture = new Map<string, number>();
  const add = (id: string, frequency: number): void => {
    if ((picture.get(id) ?? 0) >= frequency) return;
    picture.set(id, frequency);
    for (const parent of bundle.findings[id]?.parents ?? []) add(parent, frequency);
  };
  for (const [id, frequency] of Object.entries(condition.findings)) add(id, FREQUENCY[frequency]);
  return picture;
}

/** What a finding says: much when few of the pictures have it, nothing when all do. */
function discrimination(pictures: readonly Picture[]): (id: string) => number {
  const holders = new Map<string, number>();
  for (const picture of pictures)
    for (const [id, frequency] of picture) holders.set(id, (holders.get(id) ?? 0) + frequency);
  return (id) => Math.log(Math.max(1, pictures.length / (holders.get(id) ?? pictures.length)));
}

function weigh(picture: Picture, says: (id: string) => number): Map<string, number> {
  return new Map([...picture].map(([id, frequency]) => [id, frequency * says(id)]));
}

function length(weights: ReadonlyMap<string, number>): number {
  return Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight ** 2, 0));
}

/**
 * Conditions of the same animals that share most of the discriminating findings, most alike first, at most eight.
 * Alike is the cosine between the conditions' findings, each weighted by its frequency and by how few conditions of
 * those animals have it.
 */
export function findLookAlikes(bundle: KnowledgeBundle, condition: Condition): LookAlike[] {
  const animals = Object.keys(condition.species);
  const others = bundle.conditions.filter(
    (other) => other.id !== condition.id && animals.some((animal) => animal in other.species),
  );
  const pictures = others.map((other) => pictureOf(bundle, other));
  const ownPicture = pictureOf(bundle, condition);
  const says = discrimination([ownPicture, ...pictures]);
  const own = weigh(ownPicture, says);
  const ownLength = length(own);
  const label = (id: string) => bundle.findings[id]?.label.en ?? id;
  return others
    .map((other, i) => {
      const weights = weigh(pictures[i] as Picture, says);
      const shared = [...own].flatMap(([id, weight]): [string, number][] => {
        const product = weight * (weights.get(id) ?? 0);
        return product > 0 ? [[id, product]] : [];
      });
      const dot = shared.reduce((sum, [, product]) => sum + product, 0);
      return { other, weights, shared, alike: dot / (ownLength * length(weights) || 1) };
    })
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, SHOWN)
    .map(({ other, weights, shared }) => ({
      id: other.id,
      name: other.name.en,
      urgent: other.urgent,
      shared: mostSpecific(bundle, shared).slice(0, SHARED_SHOWN).map(label),
      apart: mostSpecific(
        bundle,
        [...weights].filter(([id]) => !ownPicture.has(id) && isUsual(other, id)),
      )
        .slice(0, APART_SHOWN)
        .map(label),
    }));
}

function isUsual(condition: Condition, finding: string): boolean {
  const frequency = condition.findings[finding];
  return frequency !== undefined && FREQUENCY[frequency] >= FREQUENCY.half;
}

/** Ids by falling weight; a parent is left out where one of its children stands. */
function mostSpecific(bundle: KnowledgeBundle, weighted: readonly (readonly [string, number])[]): string[] {
  const implied = new Set<string>();
  const imply = (id: string): void => {
    for (const parent of bundle.findings[id]?.parents ?? []) {
      if (implied.has(parent)) continue;
      implied.add(parent);
      imply(parent);
    }
  };
  for (const [id] of weighted) imply(id);
  return [...weighted]
    .filter(([id]) => !implied.has(id))
    .sort((a, b) => b[1] - a[1])
    .map(([id]) => id);
}
