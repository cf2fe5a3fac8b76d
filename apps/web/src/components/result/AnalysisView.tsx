import { Alert, Text } from '@mantine/core';
import type { AnalysisResult } from '@mozarela/clinical/types';
import { useTranslation } from 'react-i18next';
import classes from './AnalysisView.module.css';
import { DifferentialList, type RowLabels } from './DifferentialList.tsx';
import { MeasurementTable } from './MeasurementTable.tsx';
import { NextQuestions } from './NextQuestions.tsx';
import { RedFlags } from './RedFlags.tsx';
import { SignalmentLine } from './SignalmentLine.tsx';

type Props = {
  result: AnalysisResult;
  onAnswer?: (finding: string, assertion: 'present' | 'absent') => void;
  onExplainRest?: (diagnosisId: string) => void;
  /** Another engine's answer stands beside it and shows the alarms and measured values already. */
  beside?: boolean;
  /** By the id of a diagnosis: short words beside its name. */
  labels?: RowLabels;
};

/** One engine's whole answer, what cannot wait first. */
export function AnalysisView({ result, onAnswer, onExplainRest, beside = false, labels }: Props) {
  const { t } = useTranslation();
  const nothing = t(result.engine === 'protocol' ? 'result.noMatch' : 'result.empty');
  return (
    <div className={classes.stack}>
      {!beside && <RedFlags flags={result.redFlags} />}
      {result.notices.map((notice) => (
        <Alert key={notice} color="amber" p="xs">
          {notice}
        </Alert>
      ))}
      <section className={classes.card} aria-label={t('result.differentials')}>
        <div className={classes.head}>
          <h2 className={classes.title}>{t('result.differentials')}</h2>
          <SignalmentLine signalment={result.signalment} />
        </div>
        {result.diagnoses.length > 0 ? (
          <DifferentialList result={result} onExplainRest={onExplainRest} labels={labels} />
        ) : (
          <Text size="sm" c="dimmed" py="sm">
            {nothing}
          </Text>
        )}
        <Excluded excluded={result.excluded} />
      </section>
      {result.nextQuestions.length > 0 && (
        <div className={classes.card}>
          <NextQuestions questions={result.nextQuestions} onAnswer={onAnswer} />
        </div>
      )}
      {!beside && result.measurements.length > 0 && (
        <div className={classes.card}>
          <MeasurementTable measurements={result.measurements} />
        </div>
      )}
    </div>
  );
}

function Excluded({ excluded }: { excluded: AnalysisResult['excluded'] }) {
  const { t } = useTranslation();
  if (excluded.length === 0) return null;
  return (
    <details className={classes.excluded}>
      <summary>{t('result.excluded', { count: excluded.length })}</summary>
      <ul>
        {excluded.map(({ id, name, reason }) => (
          <li key={id}>
            {name}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
