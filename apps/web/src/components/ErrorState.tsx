import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../lib/useErrorText.ts';

type Props = { error: unknown; retry?: () => void };

/** What went wrong in one sentence, and what to do about it. */
export function ErrorState({ error, retry }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <Alert
      color="signal"
      variant="light"
      role="alert"
      my="md"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('error.title')}
    >
      <Text size="sm" mb={retry ? 'sm' : 0}>
        {errorText(error)}
      </Text>
      {retry && (
        <Button variant="default" onClick={retry}>
          {t('action.retry')}
        </Button>
      )}
    </Alert>
  );
}
