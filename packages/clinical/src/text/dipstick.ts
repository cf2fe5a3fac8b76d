/** Urine dipstick results: "glucose 3+", "ketones ++", "UA: blood neg, protein trace". */
import { MINUS, PLUS } from './refine.ts';
import type { Token } from './tokens.ts';

export type Dipstick = {
  from: number;
  to: number;
  finding: string;
  grade: 'positive' | 'negative' | 'trace';
};

const URINE = /^(?:ua|urinalysis|urine|dipstick|urina|urianalise|dip)$/;

/**
 * Reads dipstick fields. "3+" and "++" are unmistakable; "neg", "trace" and "pos" count only in a sentence that
 * speaks of urine.
 */
export function readDipstick(names: ReadonlyMap<string, string>, tokens: Token[]): Dipstick[] {
  const out: Dipstick[] = [];
  const urine = tokens.some((t) => URINE.test(t.text));
  for (let at = 0; at < tokens.length; at++) {
    const finding = names.get((tokens[at] as Token).text);
    if (finding === undefined) continue;
    let i = at + 1;
    while (/^[:=]$|^is$|^was$/.test(tokens[i]?.text ?? '')) i++;
    const grade = gradeAt(tokens, i, urine) ?? (urine && isDenied(names, tokens, at) ? DENIED : null);
    if (grade) out.push({ from: at, to: Math.max(at, i + grade.length - 1), finding, grade: grade.grade });
  }
  return out;
}

const DENIED = { grade: 'negative', length: 0 } as const;

/** "no glucose, protein or ketones" */
function isDenied(names: ReadonlyMap<string, string>, tokens: Token[], at: number): boolean {
  let i = at - 1;
  while (
    i >= 0 &&
    (names.has((tokens[i] as Token).text) || /^(?:,|or|and|nor|\/)$/.test((tokens[i] as Token).text))
  )
    i--;
  return /^(?:no|without|sem)$/.test(tokens[i]?.text ?? '');
}

function gradeAt(
  tokens: Token[],
  at: number,
  urine: boolean,
): { grade: Dipstick['grade']; length: number } | null {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (!token) return null;
  if (token.kind === 'number' && token.value <= 4 && next?.glued && /^\+/.test(next.text))
    return { grade: 'positive', length: 2 };
  if (/^\+{1,4}$/.test(token.text) && next?.kind === 'number' && next.glued)
    return { grade: 'positive', length: 2 };
  if (!urine) return null;
  if (token.text === PLUS || /^(?:positive|pos|present|\++)$/.test(token.text))
    return { grade: 'positive', length: 1 };
  if (token.text === MINUS || /^(?:negative|neg|absent|nil)$/.test(token.text))
    return { grade: 'negative', length: 1 };
  return /^(?:trace|tr)$/.test(token.text) ? { grade: 'trace', length: 1 } : null;
}
