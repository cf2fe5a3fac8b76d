/** How much the knowledge base holds: conditions by animal, system and review, and sources by look-up. */
import type { Animal } from '../../packages/clinical/src/animals.ts';
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';

/** Fewer conditions than this and the check fails. A group counts a condition of several of its animals once. */
export const MINIMUMS: { group: string; animals: readonly Animal[]; conditions: number }[] = [
  { group: 'dog', animals: ['dog'], conditions: 250 },
  { group: 'cat', animals: ['cat'], conditions: 160 },
  { group: 'horse', animals: ['horse'], conditions: 70 },
  { group: 'cattle', animals: ['cow'], conditions: 60 },
  { group: 'rabbit', animals: ['rabbit'], conditions: 30 },
  { group: 'ferret', animals: ['ferret'], conditions: 25 },
  { group: 'guinea pig', animals: ['guinea_pig'], conditions: 25 },
  { group: 'reptile', animals: ['lizard', 'snake', 'tortoise'], conditions: 25 },
  { group: 'bird', animals: ['bird'], conditions: 30 },
];
const MINIMUM_CONDITIONS = 600;
const MINIMUM_FINDINGS = 900;
const MINIMUM_RED_FLAGS = 60;

export type Coverage = {
  conditions: number;
  findings: number;
  redFlags: number;
  /** The groups of MINIMUMS. */
  groups: { group: string; conditions: number; minimum: number }[];
  animals: Record<string, number>;
  systems: Record<string, number>;
  reviews: { reviewed: number; unreviewed: number };
  sources: { checked: number; unchecked: number; linked: number };
  /** Conditions by their best source: linked, looked up without an address (books), or never looked up. */
  conditionsBySource: { linked: number; checked: number; unchecked: number };
};

export function measureCoverage(bundle: KnowledgeBundle): Coverage {
  const { conditions, references } = bundle;
  const animals: Record<string, number> = {};
  const systems: Record<string, number> = {};
  const conditionsBySource = { linked: 0, checked: 0, unchecked: 0 };
  for (const condition of conditions) {
    for (const animal of Object.keys(condition.species)) animals[animal] = (animals[animal] ?? 0) + 1;
    systems[condition.system] = (systems[condition.system] ?? 0) + 1;
    const sources = condition.references.map((id) => references[id]);
    if (sources.some((source) => source?.url)) conditionsBySource.linked++;
    else if (sources.some((source) => source?.checked)) conditionsBySource.checked++;
    else conditionsBySource.unchecked++;
  }
  const sources = Object.values(references);
  const checked = sources.filter((source) => source.checked).length;
  const unreviewed = conditions.filter((condition) => condition.review === 'unreviewed').length;
  return {
    conditions: conditions.length,
    findings: Object.keys(bundle.findings).length,
    redFlags: Object.keys(bundle.redFlags).length,
    groups: MINIMUMS.map(({ group, animals: of, conditions: minimum }) => ({
      group,
      minimum,
      conditions: conditions.filter(({ species }) => of.some((animal) => animal in species)).length,
    })),
    animals,
    systems,
    reviews: { reviewed: conditions.length - unreviewed, unreviewed },
    sources: {
      checked,
      unchecked: sources.length - checked,
      linked: sources.filter((source) => source.url).length,
    },
    conditionsBySource,
  };
}

/** What falls short of the minimums, in words; empty when nothing does. */
export function shortfalls(coverage: Coverage): string[] {
  const total = (name: string, count: number, minimum: number) =>
    count < minimum ? [`${count} ${name}, at least ${minimum} are promised`] : [];
  return [
    ...total('conditions', coverage.conditions, MINIMUM_CONDITIONS),
    ...total('findings', coverage.findings, MINIMUM_FINDINGS),
    ...total('red flags', coverage.redFlags, MINIMUM_RED_FLAGS),
    ...coverage.groups.flatMap(({ group, conditions, minimum }) =>
      total(`conditions of ${group}`, conditions, minimum),
    ),
  ];
}

/** The coverage as lines of a table for people. */
export function coverageLines(coverage: Coverage): string[] {
  const { reviews, sources, conditionsBySource: by } = coverage;
  const rows = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `  ${name.padEnd(18)}${String(count).padStart(5)}`);
  return [
    'species             conditions (at least)',
    ...coverage.groups.map(
      (g) => `  ${g.group.padEnd(18)}${String(g.conditions).padStart(5)} (${g.minimum})`,
    ),
    'each animal',
    ...rows(coverage.animals),
    'system',
    ...rows(coverage.systems),
    'review',
    ...rows({ 'by a veterinarian': reviews.reviewed, unreviewed: reviews.unreviewed }),
    'references',
    ...rows({ checked: sources.checked, 'checked and linked': sources.linked, unchecked: sources.unchecked }),
    'conditions by their best reference',
    ...rows({ linked: by.linked, 'checked, no link': by.checked, unchecked: by.unchecked }),
  ];
}
