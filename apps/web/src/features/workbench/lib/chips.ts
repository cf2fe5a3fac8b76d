/** Findings as chips: one a finding, grouped by what is said of it, corrections of the vet included at once. */
import type { AnalysisResult, Assertion, Correction } from '@mozarela/clinical/types';

/** In the order of display. */
export const CHIP_GROUPS = ['present', 'uncertain', 'absent', 'ignored'] as const;
export type ChipGroup = (typeof CHIP_GROUPS)[number];
export type Chip = {
  id: string;
  label: string;
  assertion: Assertion;
  /** The words it was read from; empty for one that the vet added. */
  words: string[];
  detail?: string;
  corrected: boolean;
};

const GROUP_OF: Record<Assertion, ChipGroup> = {
  present: 'present',
  possible: 'uncertain',
  unsure: 'uncertain',
  historical: 'uncertain',
  absent: 'absent',
  other_animal: 'ignored',
  hypothetical: 'ignored',
};

/** When a finding is read twice, this is what counts first. */
const STRENGTH: Assertion[] = [
  'present',
  'possible',
  'unsure',
  'historical',
  'absent',
  'hypothetical',
  'other_animal',
];

export function chipsOf(
  result: AnalysisResult | null,
  corrections: Correction[],
  labelOf: (finding: string) => string,
): Record<ChipGroup, Chip[]> {
  const chips = new Map<string, Chip>();
  for (const found of result?.findings ?? []) {
    const known = chips.get(found.id);
    const words = found.text ? [found.text] : [];
    if (!known) {
      chips.set(found.id, { ...found, words, corrected: false });
      continue;
    }
    known.words.push(...words);
    if (STRENGTH.indexOf(found.assertion) < STRENGTH.indexOf(known.assertion))
      known.assertion = found.assertion;
  }
  for (const { finding, assertion } of corrections) {
    const known = chips.get(finding);
    const label = known?.label ?? labelOf(finding);
    chips.set(finding, { words: [], ...known, id: finding, label, assertion, corrected: true });
  }
  const groups: Record<ChipGroup, Chip[]> = { present: [], uncertain: [], absent: [], ignored: [] };
  for (const chip of chips.values()) groups[GROUP_OF[chip.assertion]].push(chip);
  return groups;
}

const NEXT = { present: 'absent', absent: 'unsure', unsure: 'present' } as const;

/** What a click makes of a finding: present, then absent, then unsure, then present. */
export function nextAssertion(assertion: Assertion): Correction['assertion'] {
  if (assertion === 'present' || assertion === 'absent' || assertion === 'unsure') return NEXT[assertion];
  return 'present';
}

export function withCorrection(corrections: Correction[], correction: Correction): Correction[] {
  return [...corrections.filter(({ finding }) => finding !== correction.finding), correction];
}

export function withoutCorrection(corrections: Correction[], finding: string): Correction[] {
  return corrections.filter((correction) => correction.finding !== finding);
}
