import { Button, Group, Modal, Skeleton, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { AiSettings } from '@mozarela/contract/ai';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useTranslation } from 'react-i18next';
import { ProviderTerms } from '../../../components/ai/ProviderTerms.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useAiPreview } from '../api/aiPreview.ts';
import classes from './AiConsent.module.css';
import { AiFailure } from './AiFailure.tsx';
import { AiPayload } from './AiPayload.tsx';
import type { Ai } from './useAi.ts';

type Props = { record: CaseRecord; provider: NonNullable<AiSettings['provider']>; ai: Ai };

/** Before anything leaves: to whom, under whose terms, and every word of it. Closing it sends nothing. */
export function AiConsent({ record, provider, ai: { dialog, close, send, ask } }: Props) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 47.9375em)');
  const preview = useAiPreview(record.id, record.version, dialog);
  return (
    <Modal
      opened={dialog}
      onClose={close}
      title={t('ai.consent.title')}
      size="xl"
      fullScreen={phone}
      radius={phone ? 0 : 'lg'}
    >
      <ProviderTerms provider={provider} />
      {preview.isPending && <Skeleton h={200} mt="md" />}
      {preview.error && <ErrorState error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && <AiPayload preview={preview.data} />}
      <div className={classes.foot}>
        {ask.error && <AiFailure error={ask.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('ai.consent.cancel')}
          </Button>
          <Button onClick={send} loading={ask.isPending} disabled={!preview.data}>
            <Text span truncate inherit>
              {t('ai.consent.send', { host: provider.host })}
            </Text>
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
