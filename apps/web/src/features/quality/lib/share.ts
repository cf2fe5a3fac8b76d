/** Whole percent of a part, "58 %"; "–" of nothing. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;
}
