import type { QualityReport } from '@mozarela/clinical/reading/quality-report';
import { useTranslation } from 'react-i18next';
import { share } from '../lib/share.ts';
import classes from './Quality.module.css';

type Props = { report: QualityReport };

export function Safety({ report: { cannotMiss, routine, stability, open, other } }: Props) {
  const { t } = useTranslation('quality');
  const { compared, leaderKept, sameThree } = stability;
  const facts = [
    {
      name: t('cannotMiss'),
      note: t('cannotMissNote', cannotMiss),
      value: share(cannotMiss.seen, cannotMiss.notes),
    },
    {
      name: t('alarms'),
      note: t('alarmsNote', routine),
      value: (routine.alarms / Math.max(1, routine.notes)).toFixed(2),
    },
    {
      name: t('leaderKept'),
      note: t('ofCompared', { part: leaderKept, compared }),
      value: share(leaderKept, compared),
    },
    {
      name: t('sameThree'),
      note: t('ofCompared', { part: sameThree, compared }),
      value: share(sameThree, compared),
    },
    {
      name: t('calibration'),
      note: t('calibrationNote'),
      value: t('calibrationValue', { points: open.calibrationError }),
    },
    { name: t('other'), note: t('otherNote'), value: t('otherValue', other) },
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, note, value }) => (
        <div key={name}>
          <dt>
            {name}
            <small>{note}</small>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
