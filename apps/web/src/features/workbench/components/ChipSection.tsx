import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Chip, ChipGroup } from '../lib/chips.ts';
import { FindingChip } from './FindingChip.tsx';
import classes from './FindingChips.module.css';

/** So many phrases that were not used are shown at first. */
const PHRASES_SHOWN = 12;

type Props = {
  group: ChipGroup;
  chips: Chip[];
  phrases: string[];
  onCycle: (chip: Chip) => void;
  onReset: (chip: Chip) => void;
  onActive: (finding: string | null) => void;
  onPhrase: (text: string) => void;
};

/** What a number excludes ("T 37.4": no fever) is true but rarely wanted. */
const fromNumber = (group: ChipGroup, chip: Chip) =>
  group === 'absent' && chip.detail !== undefined && !chip.corrected;

/** One group of chips; what is rarely wanted stays behind "+n". */
export function ChipSection({ group, chips, phrases, onCycle, onReset, onActive, onPhrase }: Props) {
  const { t } = useTranslation();
  const [all, { open }] = useDisclosure(false);
  const shownChips = all ? chips : chips.filter((chip) => !fromNumber(group, chip));
  const shownPhrases = all ? phrases : phrases.slice(0, PHRASES_SHOWN);
  const total = chips.length + phrases.length;
  const hidden = total - shownChips.length - shownPhrases.length;
  return (
    <section aria-label={t(`workbench.group.${group}`)}>
      <h3 className={classes.heading}>
        {t(`workbench.group.${group}`)} <span>{total}</span>
      </h3>
      <ul className={classes.chips}>
        {shownChips.map((chip) => (
          <FindingChip
            key={chip.id}
            chip={chip}
            group={group}
            onCycle={() => onCycle(chip)}
            onReset={() => onReset(chip)}
            onActive={onActive}
          />
        ))}
        {shownPhrases.map((text) => (
          <li key={text}>
            <button
              type="button"
              className={classes.phrase}
              aria-label={t('workbench.phraseLabel', { text })}
              onClick={() => onPhrase(text)}
            >
              {text}
            </button>
          </li>
        ))}
        {hidden > 0 && (
          <li>
            <button type="button" className={classes.more} onClick={open}>
              {t(group === 'absent' ? 'workbench.moreNumbers' : 'workbench.more', { count: hidden })}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
