import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Evidence } from '@mozarela/clinical/types';
import { useTranslation } from 'react-i18next';
import classes from './DifferentialDetail.module.css';

/** Natural-log units from which evidence counts as strong or moderate (likelihood ratios of about 6 and 2). */
const STRONG = 1.8;
const MODERATE = 0.7;

/** The weightiest come first; the rest is a click away. */
const SHOWN = 8;

type Props = { evidence: Evidence[]; empty: string };

function strength(weight: number): 'strong' | 'medium' | 'weak' {
  const size = Math.abs(weight);
  if (size >= STRONG) return 'strong';
  return size >= MODERATE ? 'medium' : 'weak';
}

const DOTS = { strong: 3, medium: 2, weak: 1 };

/** Findings with their weight as one to three dots; the words they were read from when these differ. */
export function EvidenceList({ evidence, empty }: Props) {
  const { t } = useTranslation();
  const [all, { open }] = useDisclosure(false);
  if (evidence.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  // A language model cites findings without weighing them, and now and then one twice.
  const weighed = evidence.some(({ weight }) => weight !== 0);
  const cited = new Map(evidence.map((entry) => [`${entry.finding} ${entry.text}`, entry]));
  const entries = [...cited];
  const shown = all || entries.length <= SHOWN + 1 ? entries : entries.slice(0, SHOWN);
  return (
    <ul className={classes.plain}>
      {shown.map(([key, { label, text, weight }]) => (
        <li key={key} className={classes.evidence} data-against={weight < 0 || undefined}>
          {weighed && <Weight weight={weight} />}
          <span>
            {label}
            {text && text.toLowerCase() !== label.toLowerCase() && (
              <span className={classes.words}> “{text}”</span>
            )}
          </span>
        </li>
      ))}
      {shown.length < entries.length && (
        <li>
          <UnstyledButton className={classes.more} onClick={open}>
            {t('result.moreEvidence', { count: entries.length - shown.length })}
          </UnstyledButton>
        </li>
      )}
    </ul>
  );
}

function Weight({ weight }: { weight: number }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={classes.weight} aria-hidden>
        {[1, 2, 3].map((dot) => (
          <span key={dot} className={classes.dot} data-on={dot <= DOTS[strength(weight)] || undefined} />
        ))}
      </span>
      <VisuallyHidden>{t(`result.weight.${strength(weight)}`)}: </VisuallyHidden>
    </>
  );
}
