/** What to ask or test next: the expected drop of entropy over the leading candidates, less a small cost. */
import type { Finding } from '../knowledge/schema.ts';
import type { NextQuestion } from '../types.ts';
import type { CaseContext } from './evaluate.ts';
import { leaky } from './model.ts';
import type { Ranked } from './rank.ts';
import { inSentence } from './wording.ts';

/** Candidates that a question should separate. */
const CANDIDATES = 10;
/** Cost in nats of a question or a test by tier; asking and looking are tier 0. */
const COST = [0, 0.02, 0.05, 0.12];

/** What tells less than this is not worth asking. */
const WORTH_ASKING = 0.003;

type Option = {
  finding: number;
  gain: number;
  tier: number;
  test: string | null;
  separates: [number, number];
};

/** The best `count` questions, cheapest first. Nothing when fewer than two candidates are left. */
export function nextQuestions(
  context: CaseContext,
  ranked: readonly Ranked[],
  count: number,
): NextQuestion[] {
  const top = ranked.slice(0, CANDIDATES);
  if (top.length < 2) return [];
  const total = top.reduce((sum, r) => sum + r.probability, 0);
  const share = top.map((r) => r.probability / total);
  const options = openFindings(context, top)
    .map((finding) => weighOption(context, top, share, finding))
    .filter((o) => o.gain > WORTH_ASKING)
    .sort((a, b) => b.gain - a.gain || a.finding - b.finding);
  const chosen: Option[] = [];
  for (const option of options) {
    if (chosen.length === count) break;
    if (!chosen.some((c) => alike(context, c, option))) chosen.push(option);
  }
  return chosen
    .sort((a, b) => a.tier - b.tier || b.gain - a.gain)
    .map((option) => toQuestion(context, top, option));
}

/** Findings that some candidate lists, the note does not mention, and that can exist in the animal. */
function openFindings(context: CaseContext, top: readonly Ranked[]): number[] {
  const { model, evidence, signalment } = context;
  const open = new Set<number>();
  for (const r of top) {
    for (const f of model.own[r.condition] as Int32Array) {
      const { species, kind } = model.findings[f] as Finding;
      // Age and sex are asked for by the form.
      if (kind === 'signalment') continue;
      if (evidence.mentioned[f] === 0 && (!species || signalment.animals.some((a) => species.includes(a))))
        open.add(f);
    }
  }
  return [...open].sort((a, b) => a - b);
}

function weighOption(
  context: CaseContext,
  top: readonly Ranked[],
  share: readonly number[],
  finding: number,
): Option {
  const { model, animal } = context;
  const n = model.findings.length;
  const background = animal.background[finding] as number;
  const p = top.map((r) => leaky(background, model.freq[r.condition * n + finding] as number));
  const yes = p.map((value, i) => value * (share[i] as number));
  const no = p.map((value, i) => (1 - value) * (share[i] as number));
  const expected = entropy(yes) + entropy(no);
  const { test, tier } = cheapestTest(context, finding);
  const gain = entropy(share) - expected - (COST[tier] as number);
  return { finding, gain, tier, test, separates: mostSeparated(p, share) };
}

/** Mass times the entropy of the normalised shares. */
function entropy(shares: readonly number[]): number {
  const mass = shares.reduce((a, b) => a + b, 0);
  let sum = 0;
  for (const s of shares) if (s > 0) sum -= s * Math.log(s / mass);
  return sum;
}

/** The pair of likely candidates that the answer drives furthest apart, the one it favours first. */
function mostSeparated(p: readonly number[], share: readonly number[]): [number, number] {
  let best: [number, number] = [0, 1];
  let most = -1;
  for (let i = 0; i < p.length; i++) {
    for (let j = i + 1; j < p.length; j++) {
      const apart =
        (share[i] as number) * (share[j] as number) * Math.abs((p[i] as number) - (p[j] as number));
      if (apart <= most) continue;
      most = apart;
      best = (p[i] as number) >= (p[j] as number) ? [i, j] : [j, i];
    }
  }
  return best;
}

function cheapestTest(context: CaseContext, finding: number): { test: string | null; tier: number } {
  const { model } = context;
  const kind = model.findings[finding]?.kind;
  if (kind !== 'lab' && kind !== 'imaging') return { test: null, tier: 0 };
  const revealing = testsByFinding(context).get(model.findingIds[finding] as string) ?? [];
  return revealing[0] ?? { test: null, tier: 2 };
}

const cache = new WeakMap<object, Map<string, { test: string; tier: number }[]>>();

/** Finding -> tests that reveal it, cheapest first; made once for a knowledge base. */
function testsByFinding(context: CaseContext): Map<string, { test: string; tier: number }[]> {
  const { tests } = context.model.bundle;
  const known = cache.get(tests);
  if (known) return known;
  const made = new Map<string, { test: string; tier: number }[]>();
  for (const [test, { tier, reveals }] of Object.entries(tests)) {
    for (const finding of reveals) made.set(finding, [...(made.get(finding) ?? []), { test, tier }]);
  }
  for (const list of made.values()) list.sort((a, b) => a.tier - b.tier || (a.test < b.test ? -1 : 1));
  cache.set(tests, made);
  return made;
}

/** Two questions of one chain or one test would answer each other. */
function alike(context: CaseContext, a: Option, b: Option): boolean {
  const { ancestors } = context.model;
  if (a.test !== null && a.test === b.test) return true;
  return (
    (ancestors[a.finding] as readonly number[]).includes(b.finding) ||
    (ancestors[b.finding] as readonly number[]).includes(a.finding)
  );
}

function toQuestion(context: CaseContext, top: readonly Ranked[], option: Option): NextQuestion {
  const { model } = context;
  const finding = model.findings[option.finding] as Finding;
  const name = (i: number) => model.conditions[top[i]?.condition ?? 0]?.name.en ?? '';
  const test = option.test === null ? null : (model.bundle.tests[option.test] ?? null);
  return {
    finding: model.findingIds[option.finding] as string,
    question: finding.question?.en ?? questionWords(finding, test?.label.en ?? null),
    separates: [name(option.separates[0]), name(option.separates[1])],
    test: test && option.test !== null ? { id: option.test, name: test.label.en, tier: option.tier } : null,
  };
}

function questionWords(finding: Finding, test: string | null): string {
  const label = inSentence(finding.label.en);
  if (test !== null) return `${test}: ${label}?`;
  if (finding.kind === 'exam' || finding.kind === 'vital') return `On examination: ${label}?`;
  if (finding.kind === 'sign') return `Has the owner seen ${label}?`;
  if (finding.kind === 'lab' || finding.kind === 'imaging') return `Is there ${label}?`;
  return `In the history: ${label}?`;
}
