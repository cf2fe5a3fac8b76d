import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { notifyDone } from '../../../lib/notify.tsx';
import { useSignCase } from '../api/signCase.ts';

type Props = {
  caseId: string;
  /** What the person saw when he asked to sign; null while he has not. */
  version: number | null;
  onClose: () => void;
};

export function SignModal({ caseId, version, onClose }: Props) {
  const { t } = useTranslation();
  const sign = useSignCase(caseId);
  const confirm = () =>
    version !== null &&
    sign.mutate(version, {
      onSuccess: () => {
        onClose();
        notifyDone(t('cases.case.signed'));
      },
    });
  return (
    <Modal opened={version !== null} onClose={onClose} title={t('cases.case.signTitle')}>
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
