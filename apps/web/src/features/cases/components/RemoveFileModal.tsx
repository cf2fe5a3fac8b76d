import { Button, Group, Modal, Text } from '@mantine/core';
import type { Attachment } from '@mozarela/contract/attachments';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { notifyDone } from '../../../lib/notify.tsx';
import { useRemoveAttachment } from '../api/removeAttachment.ts';

type Props = { caseId: string; file: Attachment | null; onClose: () => void };

export function RemoveFileModal({ caseId, file, onClose }: Props) {
  const { t } = useTranslation();
  const remove = useRemoveAttachment(caseId);
  const close = () => {
    remove.reset();
    onClose();
  };
  const confirm = () =>
    file &&
    remove.mutate(file.id, {
      onSuccess: () => {
        close();
        notifyDone(t('cases.files.removed'));
      },
    });
  return (
    <Modal opened={file !== null} onClose={close} title={t('cases.files.removeTitle')}>
      <Text size="sm">{t('cases.files.removeText', { name: file?.name ?? '' })}</Text>
      {remove.error && <ErrorState error={remove.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {t('action.cancel')}
        </Button>
        <Button color="signal" onClick={confirm} loading={remove.isPending}>
          {t('cases.files.removeConfirm')}
        </Button>
      </Group>
    </Modal>
  );
}
