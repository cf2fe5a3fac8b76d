/** Committed figures against those measured now. */
import type { Figures, QuickFigures } from './figures.ts';
import { PLACES } from './report.ts';

/** One figure: a share of a number of cases, or points. */
type Figure = {
  name: string;
  part: number;
  /** Null for points. */
  whole: number | null;
  better: 'more' | 'less';
};

/** Points that calibration and "other" may lose: they move a little with every word that is added. */
const WAVER = 1;
const EPSILON = 1e-9;

function figuresOf(figures: QuickFigures): Figure[] {
  const { cannotMiss, routine } = figures;
  const more = (name: string, part: number, whole: number): Figure => ({ name, part, whole, better: 'more' });
  const sets = (['open', 'vignettes'] as const).flatMap((set): Figure[] => {
    const { all, calibrationError, other } = figures[set];
    return [
      ...PLACES.map((n) => more(`${set}: first ${n}`, all.top[n], all.cases)),
      { name: `${set}: gap between said and right`, part: calibrationError, whole: null, better: 'less' },
      {
        name: `${set}: rise of "other" without the right disease`,
        part: Math.round(10 * (other.takenOut - other.inBase)) / 10,
        whole: null,
        better: 'more',
      },
    ];
  });
  return [
    ...sets,
    more('cannot-miss notes seen', cannotMiss.seen, cannotMiss.notes),
    more('cannot-miss notes flagged', cannotMiss.flagged, cannotMiss.notes),
    { name: 'alarms on routine notes', part: routine.alarms, whole: routine.notes, better: 'less' },
  ];
}

const amountOf = ({ part, whole }: Figure) => (whole === null ? part : part / Math.max(1, whole));
const told = ({ part, whole }: Figure) => (whole === null ? `${part}` : `${part} of ${whole}`);

/** The figures of both that `isMeant` picks by what they lost, in words. */
function changes(
  before: QuickFigures,
  now: QuickFigures,
  isMeant: (loss: number, f: Figure) => boolean,
): string[] {
  const after = figuresOf(now);
  return figuresOf(before).flatMap((was, i) => {
    const is = after[i] as Figure;
    const loss = (amountOf(was) - amountOf(is)) * (was.better === 'more' ? 1 : -1);
    return isMeant(loss, was) ? [`${was.name} ${told(was)} -> ${told(is)}`] : [];
  });
}

/** What got worse from `before` to `now`, in words; empty when nothing did. Shares, so that sets may grow. */
export function drops(before: QuickFigures, now: QuickFigures): string[] {
  return changes(before, now, (loss, { whole }) => loss > (whole === null ? WAVER : 0) + EPSILON);
}

/**
 * Committed figures that were measured on another knowledge base: what to say of it, and the figures that are no
 * longer this base's, better or worse. A corrected typing error changes the version and no figure, so it asks for no
 * new measurement.
 */
export function staleFigures(
  committed: QuickFigures & Pick<Figures, 'knowledge'>,
  now: QuickFigures,
  version: string,
): { said: string | null; problems: string[] } {
  if (committed.knowledge === version) return { said: null, problems: [] };
  return {
    said: `eval/result.json was measured on knowledge ${committed.knowledge}; this is ${version}`,
    problems: changes(committed, now, (loss) => Math.abs(loss) > EPSILON),
  };
}
