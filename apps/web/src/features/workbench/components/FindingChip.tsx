import { Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconMinus, IconQuestionMark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Chip, ChipGroup } from '../lib/chips.ts';
import classes from './FindingChips.module.css';

const ICON = { present: IconCheck, absent: IconMinus, uncertain: IconQuestionMark, ignored: null };

type Props = {
  chip: Chip;
  group: ChipGroup;
  onCycle: () => void;
  onReset: () => void;
  onActive: (finding: string | null) => void;
};

export function FindingChip({ chip, group, onCycle, onReset, onActive }: Props) {
  const { t } = useTranslation();
  const Icon = ICON[group];
  const words = [...new Set(chip.words)];
  const source = [
    chip.corrected && words.length > 0 && t('workbench.chipCorrected'),
    words.length > 0
      ? t('workbench.chipRead', { words: words.map((word) => `“${word}”`).join(', ') })
      : t('workbench.chipAdded'),
    chip.detail,
  ];
  const assertion = t(`workbench.assertion.${chip.assertion}`);
  const aside = group === 'uncertain' || group === 'ignored';
  return (
    <li className={classes.item} data-group={group} data-corrected={chip.corrected || undefined}>
      <Tooltip label={source.filter(Boolean).join(' · ')} multiline maw={320}>
        <button
          type="button"
          className={classes.chip}
          data-finding={chip.id}
          data-assertion={chip.assertion}
          onClick={onCycle}
          onMouseEnter={() => onActive(chip.id)}
          onMouseLeave={() => onActive(null)}
          onFocus={() => onActive(chip.id)}
          onBlur={() => onActive(null)}
        >
          {Icon && <Icon size={14} stroke={2.5} aria-hidden />}
          <span className={classes.text}>{chip.label}</span>
          {aside ? (
            <span className={classes.aside}>{assertion}</span>
          ) : (
            <VisuallyHidden>, {assertion}</VisuallyHidden>
          )}
          <VisuallyHidden>. {t('workbench.chipChange')}</VisuallyHidden>
        </button>
      </Tooltip>
      {chip.corrected && (
        <button
          type="button"
          className={classes.reset}
          aria-label={t('workbench.chipReset', { label: chip.label })}
          onClick={onReset}
        >
          <IconArrowBackUp size={15} aria-hidden />
        </button>
      )}
    </li>
  );
}
