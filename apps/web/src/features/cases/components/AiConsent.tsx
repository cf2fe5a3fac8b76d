import { Button, Group, Modal, Skeleton, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { AiSettings } from '@mozarela/contract/ai';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProviderTerms } from '../../../components/ai/ProviderTerms.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useAiPreview } from '../api/aiPreview.ts';
import classes from './AiConsent.module.css';
import { AiFailure } from './AiFailure.tsx';
import { AiFiles } from './AiFiles.tsx';
import { AiPayload } from './AiPayload.tsx';
import type { Asking } from './useAi.ts';

type Props = { provider: NonNullable<AiSettings['provider']>; asking: Asking };

/** Before anything leaves: to whom, under whose terms, and every word of it. Closing it sends nothing. */
export function AiConsent({ provider, asking }: Props) {
  const { t } = useTranslation();
  const { record, commentOn, dialog, close, send, ask } = asking;
  const phone = useMediaQuery('(max-width: 47.9375em)');
  const [chosen, setChosen] = useState<string[]>([]);
  const attachments = chosen.filter((id) => record.attachments.some((file) => file.id === id));
  const preview = useAiPreview(record, { attachments, commentOn }, dialog);
  // Never agree to what is not on the screen yet.
  const shown = preview.data !== undefined && !preview.isFetching && !preview.error;
  // Such a file would end the request: its line in the list says why it cannot go.
  const unsendable = preview.data?.files.some(
    ({ id, sends }) => sends === 'nothing' && attachments.includes(id),
  );
  return (
    <Modal
      opened={dialog}
      onClose={close}
      title={t(commentOn ? 'ai.comment.title' : 'ai.consent.title')}
      size="xl"
      fullScreen={phone}
      radius={phone ? 0 : 'lg'}
    >
      <ProviderTerms provider={provider} />
      {preview.isPending && <Skeleton h={200} mt="md" />}
      {preview.error && <ErrorState error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && <AiPayload preview={preview.data} />}
      {commentOn === undefined && record.attachments.length > 0 && (
        <AiFiles
          files={record.attachments}
          sent={preview.data?.files ?? []}
          chosen={attachments}
          onChange={setChosen}
        />
      )}
      <div className={classes.foot}>
        {ask.error && <AiFailure error={ask.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('ai.consent.cancel')}
          </Button>
          <Button onClick={() => send(attachments)} loading={ask.isPending} disabled={!shown || unsendable}>
            <Text span truncate inherit>
              {t('ai.consent.send', { host: provider.host })}
            </Text>
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
