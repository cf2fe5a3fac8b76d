import { Button } from '@mantine/core';
import type { AnalysisResult } from '@mozarela/clinical/types';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { percent } from '../../../lib/format.ts';
import classes from './SummaryBar.module.css';

type Props = { result: AnalysisResult | null; onShow: () => void; onSave: () => void; saving: boolean };

/** On a phone the answer stays in sight while typing: alarms, the leading one, save. */
export function SummaryBar({ result, onShow, onSave, saving }: Props) {
  const { t } = useTranslation();
  const first = result?.diagnoses[0];
  const flags = result?.redFlags.length ?? 0;
  return (
    <section className={classes.bar} aria-label={t('workbench.summaryBar')}>
      <button type="button" className={classes.summary} onClick={onShow}>
        {flags > 0 && (
          <span className={classes.flags}>
            <IconAlertTriangleFilled size={14} aria-hidden />
            {t('workbench.barFlags', { count: flags })}
          </span>
        )}
        <span className={classes.first}>
          {first
            ? `${first.name}${first.probability === null ? '' : `, ${percent(first.probability)}`}`
            : t('workbench.barNone')}
        </span>
      </button>
      <Button onClick={onSave} loading={saving}>
        {t('action.save')}
      </Button>
    </section>
  );
}
