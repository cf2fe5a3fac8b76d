/** Which words of a text box the engine used, and how: the coloured stretches behind the text. */
import type { AnalysisResult, Assertion, Field } from '@mozarela/clinical/types';

export type MarkKind = 'present' | 'absent' | 'uncertain' | 'ignored' | 'value' | 'unused';
export type Mark = { start: number; end: number; kind: MarkKind; finding?: string };
export type Segment = { text: string; start: number; kind: MarkKind | null; finding?: string };

const KIND_OF: Record<Assertion, MarkKind> = {
  present: 'present',
  absent: 'absent',
  possible: 'uncertain',
  unsure: 'uncertain',
  historical: 'uncertain',
  other_animal: 'ignored',
  hypothetical: 'ignored',
};

/** When stretches overlap, the later of these wins. */
const ORDER: MarkKind[] = ['unused', 'ignored', 'value', 'uncertain', 'absent', 'present'];

export function markKind(assertion: Assertion): MarkKind {
  return KIND_OF[assertion];
}

export function marksOf(result: AnalysisResult, field: Field): Mark[] {
  const here = <Span extends { field: Field; start: number; end: number }>(span: Span) =>
    span.field === field && span.end > span.start;
  return [
    ...result.notUsedSpans.filter(here).map(({ start, end }) => ({ start, end, kind: 'unused' as const })),
    ...result.measurements
      .filter((value) => here(value) && !value.query)
      .map(({ start, end }) => ({ start, end, kind: 'value' as const })),
    ...result.findings.filter(here).map(({ start, end, assertion, id, detail }) => ({
      start,
      end,
      // "RR 20" excludes panting, but it is the number that was read, not a denial.
      kind: assertion === 'absent' && detail !== undefined ? ('value' as const) : markKind(assertion),
      finding: id,
    })),
  ];
}

/**
 * Moves marks made for `before` to where the same words are in `after`, by what both begin and end with;
 * marks that the edit touched are dropped. Keeps colours in place until the next answer comes.
 */
export function shiftMarks(marks: Mark[], before: string, after: string): Mark[] {
  if (before === after) return marks;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const delta = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail)
      return [{ ...mark, start: mark.start + delta, end: mark.end + delta }];
    return [];
  });
}

/** Cuts a text into stretches of one kind each, in order and without gaps. */
export function segments(text: string, marks: Mark[]): Segment[] {
  const owner = new Array<Mark | undefined>(text.length);
  for (const mark of [...marks].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)))
    owner.fill(mark, Math.max(0, mark.start), Math.min(text.length, mark.end));
  const cut: Segment[] = [];
  for (let start = 0; start < text.length; ) {
    const mark = owner[start];
    let end = start + 1;
    while (end < text.length && owner[end] === mark) end++;
    cut.push({ text: text.slice(start, end), start, kind: mark?.kind ?? null, finding: mark?.finding });
    start = end;
  }
  return cut;
}
