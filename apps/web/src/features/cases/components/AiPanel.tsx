import { Button, Group, Skeleton, Text } from '@mantine/core';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import type { RowLabels } from '../../../components/result/DifferentialList.tsx';
import '../../../i18n/ai.ts';
import { AiAnswer, AiMeta } from './AiAnswer.tsx';
import { AiConsent } from './AiConsent.tsx';
import { AiEnded } from './AiEnded.tsx';
import { AiProgress } from './AiProgress.tsx';
import { AiNotAllowed, AiNotConfigured } from './AiUnavailable.tsx';
import classes from './EnginePanel.module.css';
import type { Ai } from './useAi.ts';

type Props = {
  record: CaseRecord;
  ai: Ai;
  /** The answer of the built-in engine stands beside it. */
  beside: boolean;
  labels: RowLabels;
};

/** The language model's column: whether it may be asked, how far it is, what it answered. */
export function AiPanel({ record, ai, beside, labels }: Props) {
  const { t } = useTranslation();
  const { settings, latest, answered, progress } = ai;
  const { data } = settings;
  const usable = data?.configured === true && data.enabled;
  return (
    <section className={classes.panel} aria-label={t('ai.title')} aria-busy={progress !== null}>
      <Group justify="space-between" wrap="nowrap" mb="xs" align="flex-start">
        <div>
          <h2 className={classes.title}>{t('ai.title')}</h2>
          {answered && answered === latest && <AiMeta analysis={answered} />}
        </div>
        {usable && !progress && (
          <Button
            variant={answered ? 'default' : 'filled'}
            flex="none"
            aria-label={t(answered ? 'ai.ask.labelAgain' : 'ai.ask.label')}
            onClick={ai.showPayload}
          >
            {t(answered ? 'ai.ask.again' : 'ai.ask.button')}
          </Button>
        )}
      </Group>
      {settings.isPending && <Skeleton h={80} />}
      {settings.error && <ErrorState error={settings.error} retry={() => void settings.refetch()} />}
      {data && !data.configured && <AiNotConfigured />}
      {data?.configured && !data.enabled && <AiNotAllowed mayChange={data.mayChange} />}
      {usable && !latest && !ai.ask.error && (
        <div className={classes.note}>
          <Text size="sm">{t('ai.what')}</Text>
          <Text size="sm" c="dimmed" mt={6}>
            {t('ai.ask.never')}
          </Text>
        </div>
      )}
      {latest && progress && <AiProgress caseId={record.id} id={latest.id} progress={progress} />}
      {!progress && <AiEnded asking={ai} usable={usable} />}
      {answered?.result && (
        <AiAnswer analysis={answered} earlier={answered !== latest} beside={beside} labels={labels} />
      )}
      {data?.provider && <AiConsent provider={data.provider} asking={ai} />}
    </section>
  );
}
