/** HTTP ranges of one part; several at once are answered with the whole, as RFC 9110 allows. */
import { AppError } from '../../http/errors.ts';

/** Inclusive offsets; null: the whole file. @throws AppError range_not_satisfiable */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  if (start >= size || (first === '' && Number(last) === 0))
    throw new AppError('range_not_satisfiable', { headers: { 'Content-Range': `bytes */${size}` } });
  return { start, end };
}
