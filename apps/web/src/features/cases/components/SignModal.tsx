import { Button, Group, Modal, Text } from '@mantine/core';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { notifyDone } from '../../../lib/notify.tsx';
import { useSignCase } from '../api/signCase.ts';

type Props = { record: CaseRecord; opened: boolean; onClose: () => void };

export function SignModal({ record, opened, onClose }: Props) {
  const { t } = useTranslation();
  const sign = useSignCase(record.id);
  const confirm = () =>
    sign.mutate(record.version, {
      onSuccess: () => {
        onClose();
        notifyDone(t('cases.case.signed'));
      },
    });
  return (
    <Modal opened={opened} onClose={onClose} title={t('cases.case.signTitle')}>
      <Text size="sm">{t('cases.case.signText')}</Text>
      {sign.error && <ErrorState error={sign.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button onClick={confirm} loading={sign.isPending}>
          {t('cases.case.sign')}
        </Button>
      </Group>
    </Modal>
  );
}
