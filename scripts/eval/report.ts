/** Tables of an evaluation. Nothing here prints the text of a case. */
import type { Figures } from './figures.ts';
import { RULES } from './match.ts';
import { isCovered, type Outcome } from './run.ts';

export const PLACES = [1, 3, 5, 10] as const;

export type Score = { cases: number; covered: number; top: Record<(typeof PLACES)[number], number> };

export function score(outcomes: readonly Outcome[]): Score {
  const within = (n: number) => outcomes.filter((o) => o.rank !== null && o.rank <= n).length;
  return {
    cases: outcomes.length,
    covered: outcomes.filter(isCovered).length,
    top: { 1: within(1), 3: within(3), 5: within(5), 10: within(10) },
  };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '   -' : `${((100 * part) / whole).toFixed(0).padStart(3)}%`;
}

/** One line a group: coverage, then hits over all and over covered cases. */
export function scoreLine(name: string, s: Score): string {
  const over = (whole: number) => PLACES.map((n) => percent(s.top[n], whole)).join(' ');
  return `${name.padEnd(22)} ${String(s.cases).padStart(4)} ${percent(s.covered, s.cases)}   ${over(s.cases)}   ${over(s.covered)}`;
}

export const SCORE_HEADER = `${''.padEnd(22)} cases cov.  of all: top-1 3 5 10   of covered: 1 3 5 10`;

export function groupBy(
  outcomes: readonly Outcome[],
  key: 'species' | 'system' | 'difficulty',
): [string, Outcome[]][] {
  return Object.entries(Object.groupBy(outcomes, (o) => o[key]))
    .map(([name, list]): [string, Outcome[]] => [name, list ?? []])
    .sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]));
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

/** How often the leading diagnosis is right by what the engine says of it, over covered cases. */
export function calibration(outcomes: readonly Outcome[]): string[] {
  const edges = [0, 20, 40, 60, 80, 101];
  return edges.slice(0, -1).flatMap((from, i) => {
    const to = edges[i + 1] as number;
    const bucket = outcomes.filter(
      (o) => isCovered(o) && o.leadingProbability >= from && o.leadingProbability < to,
    );
    if (bucket.length === 0) return [];
    const right = bucket.filter((o) => o.rank === 1).length;
    const said = bucket.reduce((sum, o) => sum + o.leadingProbability, 0) / bucket.length;
    return [`says ${said.toFixed(0)}%, right ${percent(right, bucket.length).trim()} of ${bucket.length}`];
  });
}

/** Misses by kind, then one line each; names of diseases only where asked for. */
export function missLines(outcomes: readonly Outcome[], names: boolean): string[] {
  const misses = outcomes.filter((o) => o.kind !== null);
  return misses
    .sort((a, b) => (a.kind as string).localeCompare(b.kind as string) || (a.rank ?? 99) - (b.rank ?? 99))
    .map((o) => {
      const where = o.rank === null ? 'not listed' : `rank ${o.rank}`;
      const read = `${o.explained} of ${o.findings} findings explained, ${Math.round(100 * o.unread)} % unread`;
      const what = o.kind === 'not in base' ? '' : `, ${where}, ${read}`;
      const who = names ? `  wanted ${o.match?.condition ?? '-'}; led by ${o.leading ?? '-'}` : '';
      return `${o.id.padEnd(16)} ${o.species.padEnd(7)} ${o.kind}${what}${who}`;
    });
}

/** One set in full. */
export function caseReport(outcomes: readonly Outcome[], names: boolean): string[] {
  const lines = [SCORE_HEADER, scoreLine('all', score(outcomes))];
  for (const key of ['species', 'difficulty', 'system'] as const)
    lines.push(
      '',
      `by ${key}`,
      ...groupBy(outcomes, key).map(([name, group]) => scoreLine(name, score(group))),
    );
  lines.push('', 'how sure of the first, over covered cases', ...calibration(outcomes));
  lines.push('', 'by which rule the name of the diagnosis was found in the base');
  for (const rule of RULES) lines.push(`${rule}: ${outcomes.filter((o) => o.match?.rule === rule).length}`);
  if (names)
    for (const { id, match } of outcomes)
      if (match && match.rule !== 'equal')
        lines.push(
          `${id.padEnd(16)} ${match.rule}: "${match.accepted}" ~ "${match.name}" (${match.condition})`,
        );
  lines.push('', 'not first');
  const kinds = Object.groupBy(outcomes, (o) => o.kind ?? 'first');
  for (const [kind, list] of Object.entries(kinds)) lines.push(`${kind}: ${list?.length ?? 0}`);
  lines.push('', ...missLines(outcomes, names));
  const flags = outcomes.reduce((sum, o) => sum + o.redFlags, 0) / Math.max(1, outcomes.length);
  const times = outcomes.map((o) => o.milliseconds);
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  lines.push('', `red flags a case ${flags.toFixed(2)}; p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`);
  return lines;
}

/** What is measured besides the places. */
export function safetyReport({ open, crossValidated, cannotMiss, routine, stability }: Figures): string[] {
  const places = PLACES.map((n) => percent(crossValidated.top[n], open.all.cases)).join(' ');
  const told = (name: string, s: { compared: number; leaderKept: number; sameThree: number }) =>
    `  ${name.padEnd(12)} leader kept ${percent(s.leaderKept, s.compared)}, same three ${percent(s.sameThree, s.compared)} of ${s.compared}`;
  return [
    `open cases, cross-validated over ${crossValidated.folds} folds: ${places}`,
    ...crossValidated.chosen.map((c, i) => `  fold ${i + 1} chose ${JSON.stringify(c)}`),
    `cannot-miss notes: ${cannotMiss.seen} of ${cannotMiss.notes} seen, ${cannotMiss.flagged} by the title of a flag (${cannotMiss.seenAtFirst} seen before vocabulary was added); missed ${cannotMiss.missed.join(', ') || 'none'}`,
    `routine notes: ${(routine.alarms / routine.notes).toFixed(2)} alarms a note`,
    ...Object.entries(routine.raised).map(([id, flags]) => `  ${id} ${flags.join(', ')}`),
    'in other words',
    told('all', stability.all),
    ...Object.entries(stability.by).map(([name, s]) => told(name, s)),
    `calibration error ${open.calibrationError} points; other ${open.other.inBase} % with, ${open.other.takenOut} % without the right disease (rises in ${open.other.rises}, falls in ${open.other.falls} of ${open.other.cases})`,
  ];
}
