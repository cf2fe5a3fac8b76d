import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AiFailure } from './AiFailure.tsx';
import classes from './EnginePanel.module.css';
import type { Asking } from './useAi.ts';

type Props = { asking: Asking; usable: boolean };

/** How the latest request ended, when it was not with an answer. */
export function AiEnded({ asking: { latest, ask, dialog, retry }, usable }: Props) {
  const { t } = useTranslation();
  if (ask.error && !dialog) return <AiFailure error={ask.error} retry={retry} />;
  if (latest?.status === 'failed')
    return <AiFailure error={latest.error} retry={usable ? retry : undefined} retrying={ask.isPending} />;
  if (latest?.status === 'cancelled')
    return (
      <Text size="sm" className={classes.note}>
        {t('ai.cancelled')}
      </Text>
    );
  return null;
}
