/** Plain text without amounts, citations, certainty and figures. What went is noted without being repeated. */
import type { AnalysisResult } from '@mozarela/contract/analyses';
import { plainText } from './plain-text.ts';
import { REMOVED, stripDoses } from './strip-doses.ts';

export type Rejected = NonNullable<AnalysisResult['rejected']>[number];

/** A model must neither state a diagnosis nor reassure. */
const CERTAIN =
  /\b(?:definitely|certainly|undoubtedly|without (?:a )?doubt|is confirmed|confirms the diagnosis|pathognomonic|nothing to worry|no need to (?:worry|see|treat)|harmless|will be fine|can (?:safely )?wait|no red flags?|not an emergency)\b/i;

/** @param most characters */
export type Tidy = (kind: Rejected['kind'], raw: string, most: number) => string;

export function tidier(rejected: Rejected[]): Tidy {
  const note = (kind: Rejected['kind'], reason: string) => {
    if (!rejected.some((entry) => entry.kind === kind && entry.reason === reason))
      rejected.push({ kind, text: '', reason });
  };
  return (kind, raw, most) => {
    const { text, cited } = plainText(raw, most);
    if (cited) note(kind, 'links and references of a model are not shown');
    const stripped = stripDoses(text);
    if (stripped.removed > 0) note(kind, 'amounts, rates and intervals of drugs are not taken from a model');
    const sentences = stripped.text.split(/(?<=[.!?])\s+/);
    const hedged = sentences.filter((sentence) => !CERTAIN.test(sentence));
    if (hedged.length < sentences.length) note(kind, 'certainty and reassurance are not taken from a model');
    // What is left of an order to treat is still an order.
    return hedged.filter((sentence) => kind === 'test' || !sentence.includes(REMOVED)).join(' ');
  };
}
