import { Button, Text } from '@mantine/core';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useTranslation } from 'react-i18next';
import '../../../i18n/ai.ts';
import { useAiSettings } from '../../../lib/aiSettings.ts';
import { AiMeta } from './AiAnswer.tsx';
import { AiConsent } from './AiConsent.tsx';
import { AiEnded } from './AiEnded.tsx';
import { AiProgress } from './AiProgress.tsx';
import { AiRejected } from './AiRejected.tsx';
import classes from './EnginePanel.module.css';
import { Outdated } from './Outdated.tsx';
import { useAiRequest } from './useAi.ts';

type Props = {
  record: CaseRecord;
  /** Of all engines, newest first. */
  analyses: Analysis[];
  /** The protocol's analysis that it stands beneath. */
  protocol: Analysis;
};

/** Beneath a protocol's result: a few sentences of a language model on the signalment. The points stay as they are. */
export function AiComment({ record, analyses, protocol }: Props) {
  const { t } = useTranslation();
  const { data } = useAiSettings();
  const asked = analyses.filter(({ commentOn }) => commentOn === protocol.id);
  const asking = useAiRequest(record, asked, protocol.id);
  const { latest, answered, progress } = asking;
  const usable = data?.configured === true && data.enabled;
  if (!usable && !latest) return null;
  const result = answered?.result;
  return (
    <section className={classes.comment} aria-label={t('ai.comment.label')} aria-busy={progress !== null}>
      {latest && progress && <AiProgress caseId={record.id} id={latest.id} progress={progress} />}
      {!progress && <AiEnded asking={asking} usable={usable} />}
      {answered && result && (
        <>
          <Text size="sm" fw={600}>
            {t('ai.comment.label')}
          </Text>
          <AiMeta analysis={answered} />
          {answered.outdated && <Outdated />}
          <Text size="sm" my={4}>
            {result.summary || t('ai.comment.nothing')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('ai.comment.note')} {answered.cached && t('ai.answer.cached')}
          </Text>
          <AiRejected rejected={result.rejected ?? []} />
        </>
      )}
      {usable && !progress && !answered && latest?.status !== 'failed' && (
        <Button variant="default" onClick={asking.showPayload}>
          {t('ai.comment.ask')}
        </Button>
      )}
      {data?.provider && <AiConsent provider={data.provider} asking={asking} />}
    </section>
  );
}
