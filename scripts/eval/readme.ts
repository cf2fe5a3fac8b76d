/** The figures in README.md, between two marks, made from eval/result.json and never by hand. */
import type { Figures } from './figures.ts';
import { PLACES, type Score } from './report.ts';

const BEGIN = '<!-- figures: made by npm run eval -->';
const END = '<!-- /figures -->';

/** The README with the block of figures put in. @throws when the marks are missing. */
export function withFigures(readme: string, figures: Figures): string {
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error(`README.md lacks ${BEGIN} ... ${END}`);
  return `${readme.slice(0, from)}${BEGIN}\n${block(figures)}\n${readme.slice(to)}`;
}

function block(figures: Figures): string {
  const { open, vignettes, crossValidated, cannotMiss, routine, stability } = figures;
  const cases = open.all.cases;
  const crossed = PLACES.map((n) => share(crossValidated.top[n], cases));
  const { compared, leaderKept, sameThree } = stability.all;
  return [
    '| | in the base | first | in the first 3 | 5 | 10 |',
    '|---|---|---|---|---|---|',
    row(`published cases (${cases})`, open.all),
    `| the same, cross-validated | | ${crossed.join(' | ')} |`,
    ...Object.entries(open.species).map(([name, s]) => row(`${name} (${s.cases})`, s)),
    row(`invented vignettes (${vignettes.all.cases})`, vignettes.all),
    '',
    '| | |',
    '|---|---|',
    `| diseases that must not be missed, seen (named by a red flag, or in the first 5) | ${share(cannotMiss.seen, cannotMiss.notes)} of ${cannotMiss.notes} notes; ${share(cannotMiss.seenAtFirst, cannotMiss.notes)} before vocabulary was added for them |`,
    `| of these, named by the title of a red flag | ${share(cannotMiss.flagged, cannotMiss.notes)} |`,
    `| alarms on an everyday note | ${(routine.alarms / routine.notes).toFixed(2)} (${routine.notes} notes) |`,
    `| told in other words: the first diagnosis stays in the first 3 | ${share(leaderKept, compared)} of ${compared} |`,
    `| told in other words: the same first 3 | ${share(sameThree, compared)} |`,
    `| gap between the percentage said and how often it is right | ${open.calibrationError} points |`,
    `| "other" with the right disease in the base, and taken out of it | ${open.other.inBase} %, ${open.other.takenOut} % |`,
  ].join('\n');
}

function row(name: string, s: Score): string {
  return `| ${name} | ${share(s.covered, s.cases)} | ${PLACES.map((n) => share(s.top[n], s.cases)).join(' | ')} |`;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(0)}%`;
}
