import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notifyError } from '../../../lib/notify.tsx';
import { useErrorText } from '../../../lib/useErrorText.ts';
import { useCancelAnalysis } from '../api/cancelAnalysis.ts';
import classes from './EnginePanel.module.css';
import { type Progressing, useStage } from './useStage.ts';

type Props = { caseId: string; id: string; progress: Progressing };

/** Waiting, asking, checking; and the way out. */
export function AiProgress({ caseId, id, progress }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const stage = useStage(progress);
  const cancel = useCancelAnalysis(caseId);
  return (
    <div className={classes.note}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Text size="sm" fw={600}>
          {stage}
        </Text>
        <Button
          variant="default"
          flex="none"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(id, { onError: (error) => notifyError(errorText(error)) })}
        >
          {t('ai.progress.cancel')}
        </Button>
      </Group>
      <Progress
        value={Math.max(4, progress.progress)}
        animated
        aria-label={t('ai.progress.label')}
        transitionDuration={200}
      />
      <Text size="xs" c="dimmed" mt="xs">
        {t(progress.lost ? 'ai.progress.reconnecting' : 'ai.progress.leave')}
      </Text>
    </div>
  );
}
