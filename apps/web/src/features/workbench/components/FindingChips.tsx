import { Text } from '@mantine/core';
import type { AnalysisResult, Correction } from '@mozarela/clinical/types';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingOption } from '../../../lib/engine/protocol.ts';
import {
  CHIP_GROUPS,
  type Chip,
  chipsOf,
  nextAssertion,
  withCorrection,
  withoutCorrection,
} from '../lib/chips.ts';
import { ChipSection } from './ChipSection.tsx';
import classes from './FindingChips.module.css';

type Props = {
  result: AnalysisResult | null;
  corrections: Correction[];
  findings: FindingOption[];
  onCorrect: (corrections: Correction[]) => void;
  onActive: (finding: string | null) => void;
  /** A phrase that was not used was picked: look for a finding that means it. */
  onPhrase: (text: string) => void;
};

/** What was read, as chips to correct. A chip that changes group keeps the focus. */
export function FindingChips({ result, corrections, findings, onCorrect, onActive, onPhrase }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const refocus = useRef<string | null>(null);
  const labels = useMemo(() => new Map(findings.map(({ id, label }) => [id, label])), [findings]);
  const groups = useMemo(
    () => chipsOf(result, corrections, (id) => labels.get(id) ?? id.replaceAll('_', ' ')),
    [result, corrections, labels],
  );

  useEffect(() => {
    if (!refocus.current) return;
    const chip = box.current?.querySelector<HTMLElement>(`[data-finding="${CSS.escape(refocus.current)}"]`);
    refocus.current = null;
    chip?.focus({ preventScroll: true });
  });

  const cycle = ({ id, assertion }: Chip) => {
    refocus.current = id;
    onCorrect(withCorrection(corrections, { finding: id, assertion: nextAssertion(assertion) }));
  };
  const reset = ({ id }: Chip) => {
    refocus.current = id;
    onCorrect(withoutCorrection(corrections, id));
  };
  const phrases = [...new Set(result?.notUsed ?? [])];
  const shown = CHIP_GROUPS.filter(
    (group) => groups[group].length > 0 || (group === 'ignored' && phrases.length > 0),
  );
  if (shown.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('workbench.findingsEmpty')}
      </Text>
    );

  return (
    <div ref={box} className={classes.groups}>
      {shown.map((group) => (
        <ChipSection
          key={group}
          group={group}
          chips={groups[group]}
          phrases={group === 'ignored' ? phrases : []}
          onCycle={cycle}
          onReset={reset}
          onActive={onActive}
          onPhrase={onPhrase}
        />
      ))}
    </div>
  );
}
