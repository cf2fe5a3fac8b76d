import { Button, Group, Loader, Skeleton, Text } from '@mantine/core';
import type { Analysis } from '@mozarela/contract/analyses';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AnalysisContext } from '../../../components/result/AnalysisContext.ts';
import { AnalysisView } from '../../../components/result/AnalysisView.tsx';
import type { RowLabels } from '../../../components/result/DifferentialList.tsx';
import { formatAgo } from '../../../lib/format.ts';
import { storedResult } from '../../../lib/storedResult.ts';
import classes from './EnginePanel.module.css';
import { Outdated } from './Outdated.tsx';

type Props = {
  title: string;
  analysis: Analysis | undefined;
  loading: boolean;
  running: boolean;
  onRun?: () => void;
  beside?: boolean;
  labels?: RowLabels;
  /** Instead of an analysis: why there is none. */
  children?: ReactNode;
};

/** One engine's column: which engine, when it ran, what it answered. */
export function EnginePanel({ title, analysis, loading, running, onRun, beside, labels, children }: Props) {
  const { t } = useTranslation();
  return (
    <section className={classes.panel} aria-label={title} aria-busy={running}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <div>
          <h2 className={classes.title}>{title}</h2>
          {analysis && (
            <Text size="xs" c="dimmed">
              {t('cases.engines.ranAt', { when: formatAgo(analysis.createdAt) })}
              {analysis.result && ` · ${t('result.version', { version: analysis.result.version })}`}
            </Text>
          )}
        </div>
        {onRun && (
          <Button variant="default" flex="none" onClick={onRun} loading={running}>
            {analysis ? t('cases.engines.runAgain') : t('cases.engines.run')}
          </Button>
        )}
      </Group>
      {analysis?.outdated && <Outdated />}
      {children ?? <Answer analysis={analysis} loading={loading} beside={beside} labels={labels} />}
    </section>
  );
}

type AnswerProps = Pick<Props, 'analysis' | 'loading' | 'beside' | 'labels'>;

function Answer({ analysis, loading, beside, labels }: AnswerProps) {
  const { t } = useTranslation();
  if (loading) return <Skeleton h={240} />;
  if (!analysis)
    return (
      <Text size="sm" c="dimmed">
        {t('cases.engines.notRun')}
      </Text>
    );
  const result = storedResult(analysis);
  if (result)
    return (
      <AnalysisContext value={analysis.id}>
        <AnalysisView result={result} beside={beside} labels={labels} />
      </AnalysisContext>
    );
  if (analysis.error)
    return (
      <Text size="sm" role="alert">
        {t('cases.engines.failed', { message: analysis.error.message })}
      </Text>
    );
  return <Loader size="sm" aria-label={t('state.working')} />;
}
