import { Text } from '@mantine/core';
import type { Analysis } from '@mozarela/contract/analyses';
import { useTranslation } from 'react-i18next';
import { AnalysisContext } from '../../../components/result/AnalysisContext.ts';
import { AnalysisView } from '../../../components/result/AnalysisView.tsx';
import type { RowLabels } from '../../../components/result/DifferentialList.tsx';
import { formatAgo } from '../../../lib/format.ts';
import { storedResult } from '../../../lib/storedResult.ts';
import { AiRejected } from './AiRejected.tsx';
import classes from './EnginePanel.module.css';
import { Outdated } from './Outdated.tsx';

type Props = { analysis: Analysis; earlier: boolean; beside: boolean; labels: RowLabels };

/** When an answer came, from which model, asked by which version of the prompt. */
export function AiMeta({ analysis: { createdAt, model, result } }: { analysis: Analysis }) {
  const { t } = useTranslation();
  const version = result?.promptVersion ?? '–';
  return (
    <Text size="xs" c="dimmed">
      {t('cases.engines.ranAt', { when: formatAgo(createdAt) })} ·{' '}
      {t('ai.answer.meta', { model: model ?? '–', version })}
    </Text>
  );
}

/** What is left of the model's answer after the checks, and what they took out. */
export function AiAnswer({ analysis, earlier, beside, labels }: Props) {
  const { t } = useTranslation();
  const result = storedResult(analysis);
  if (!result || !analysis.result) return null;
  const { rejected = [] } = analysis.result;
  return (
    <div>
      {earlier && (
        <>
          <Text size="sm" fw={600}>
            {t('ai.answer.earlier')}
          </Text>
          <AiMeta analysis={analysis} />
        </>
      )}
      {analysis.outdated && <Outdated />}
      {analysis.cached && (
        <Text size="xs" c="dimmed">
          {t('ai.answer.cached')}
        </Text>
      )}
      <Text size="sm" my="xs" className={classes.caution}>
        {t('ai.answer.note')}
      </Text>
      {result.summary && (
        <Text size="sm" mb="sm">
          <Text span size="sm" c="dimmed">
            {t('ai.answer.summary')}:
          </Text>{' '}
          {result.summary}
        </Text>
      )}
      <AnalysisContext value={analysis.id}>
        <AnalysisView result={result} beside={beside} labels={labels} />
      </AnalysisContext>
      <AiRejected rejected={rejected} />
    </div>
  );
}
