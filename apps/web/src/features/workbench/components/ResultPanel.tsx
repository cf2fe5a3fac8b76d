import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import type { AnalysisResult } from '@mozarela/clinical/types';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnalysisView } from '../../../components/result/AnalysisView.tsx';
import { explainRest } from '../../../lib/engine/client.ts';
import type { LiveAnalysis } from '../lib/useAnalysis.ts';
import { LiveSummary } from './LiveSummary.tsx';
import classes from './ResultPanel.module.css';

type Props = {
  live: LiveAnalysis;
  hasSpecies: boolean;
  hasText: boolean;
  onAnswer: (finding: string, assertion: 'present' | 'absent') => void;
};

type Rest = { of: AnalysisResult; name: string; result: AnalysisResult };

/** The right half of the workbench: the live answer, or why there is none yet. */
export function ResultPanel({ live, hasSpecies, hasText, onAnswer }: Props) {
  const { t } = useTranslation();
  const [ranked, setRest] = useState<Rest | null>(null);
  const { result, pending, error, retry } = live;
  // A changed case makes the ranking without the first disease out of date, also one that comes late.
  const rest = ranked?.of === result ? ranked : null;

  if (error)
    return (
      <Alert color="signal" role="alert">
        <Text size="sm" mb="sm">
          {t('workbench.engineFailed')}
        </Text>
        <Button variant="default" onClick={retry}>
          {t('action.retry')}
        </Button>
      </Alert>
    );
  if (!result) return pending ? <ResultSkeleton /> : <EmptyResult missingSpecies={hasText && !hasSpecies} />;

  const showRest = async (diagnosisId: string) => {
    const name = result.diagnoses.find(({ id }) => id === diagnosisId)?.name ?? '';
    setRest({ of: result, name, result: await explainRest(result, diagnosisId) });
  };
  return (
    <div className={classes.result} aria-busy={pending}>
      <LiveSummary result={result} />
      {rest && (
        <div className={classes.rest}>
          <div>
            <Text fw={650}>{t('result.explainRestTitle', { name: rest.name })}</Text>
            <Text size="xs" c="dimmed">
              {t('result.explainRestHint')}
            </Text>
          </div>
          <Button variant="default" size="compact-sm" onClick={() => setRest(null)}>
            {t('result.explainRestBack')}
          </Button>
        </div>
      )}
      <AnalysisView
        key={rest ? rest.name : 'all'}
        result={rest?.result ?? result}
        onAnswer={onAnswer}
        onExplainRest={rest ? undefined : (id) => void showRest(id)}
      />
    </div>
  );
}

function EmptyResult({ missingSpecies }: { missingSpecies: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.empty}>
      <Text fw={650} mb={4}>
        {missingSpecies ? t('workbench.resultsNoSpecies') : t('workbench.resultsEmptyTitle')}
      </Text>
      {!missingSpecies && (
        <Text size="sm" c="dimmed">
          {t('workbench.resultsEmpty')}
        </Text>
      )}
    </div>
  );
}

function ResultSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack aria-busy="true">
      <Text size="sm" c="dimmed" role="status">
        {t('workbench.engineLoading')}
      </Text>
      {['a', 'b', 'c', 'd', 'e'].map((row) => (
        <Skeleton key={row} h={38} />
      ))}
    </Stack>
  );
}
