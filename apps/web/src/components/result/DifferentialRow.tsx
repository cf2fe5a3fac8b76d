import { UnstyledButton } from '@mantine/core';
import type { Diagnosis } from '@mozarela/clinical/types';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { percent, roundPercent } from '../../lib/format.ts';
import { DifferentialDetail } from './DifferentialDetail.tsx';
import classes from './DifferentialList.module.css';

/** Protocol points end at 99; the bar of 99 is full. */
const MOST_POINTS = 99;

type Props = {
  diagnosis: Diagnosis;
  rank: number;
  /** Short words beside the name: what another engine says of it, that it is not known. */
  labels?: string[];
  open: boolean;
  onToggle: () => void;
  onExplainRest?: (diagnosisId: string) => void;
};

export function DifferentialRow({ diagnosis, rank, labels = [], open, onToggle, onExplainRest }: Props) {
  const { t } = useTranslation();
  const detailId = useId();
  const { name, band, probability, points, urgent } = diagnosis;
  const width = points === null ? roundPercent(probability ?? 0) : (points / MOST_POINTS) * 100;
  const value =
    points !== null
      ? t('result.points', { count: points })
      : probability === null
        ? null
        : percent(probability);
  return (
    <li className={classes.row} data-open={open || undefined}>
      <UnstyledButton
        className={classes.toggle}
        onClick={onToggle}
        aria-expanded={open}
        aria-controls={detailId}
        data-differential
      >
        <span className={classes.rank}>{rank}</span>
        <span className={classes.name}>
          {name}
          {(urgent || labels.length > 0) && ' '}
          <span className={classes.labels}>
            {urgent && <span className={classes.urgent}>{t('result.urgent')}</span>}
            {labels.map((label) => (
              <Fragment key={label}>
                {' '}
                <span className={classes.label}>{label}</span>
              </Fragment>
            ))}
          </span>
        </span>
        <span className={classes.value}>
          {band && <span className={classes.band}>{t(`result.band.${band}`)}</span>}
          {value}
        </span>
        <IconChevronDown size={16} className={classes.chevron} aria-hidden />
        {value !== null && (
          <span className={classes.track}>
            <span
              className={classes.bar}
              data-band={band ?? undefined}
              style={{ width: `${Math.max(2, width)}%` }}
            />
          </span>
        )}
      </UnstyledButton>
      <div id={detailId} hidden={!open}>
        {open && <DifferentialDetail diagnosis={diagnosis} onExplainRest={onExplainRest} />}
      </div>
    </li>
  );
}
