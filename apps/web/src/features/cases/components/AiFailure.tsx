import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../lib/apiError.ts';
import { useErrorText } from '../../../lib/useErrorText.ts';
import { aiFailureCode, isAiFailure } from '../lib/aiFailure.ts';

type Props = {
  /** A refused request, or the reason that an analysis failed with. */
  error: Error | { code: string } | null;
  retry?: () => void;
  retrying?: boolean;
};

/** Why there is no answer, in plain words, and that nothing else is harmed. */
export function AiFailure({ error, retry, retrying }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const code = error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const words =
    error instanceof ApiError && !isAiFailure(code)
      ? errorText(error)
      : t(`ai.failed.${aiFailureCode(code)}`);
  return (
    <Alert color="amber" p="sm" mb="sm" role="alert" title={t('ai.failed.title')}>
      <Text size="sm">
        {words} {t('ai.failed.rest')}
      </Text>
      {retry && (
        <Button variant="default" mt="xs" onClick={retry} loading={retrying}>
          {t('ai.failed.retry')}
        </Button>
      )}
    </Alert>
  );
}
