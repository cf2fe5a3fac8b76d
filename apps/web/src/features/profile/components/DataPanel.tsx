import { Button, Group, Modal, PasswordInput, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { notifyDone } from '../../../lib/notify.tsx';
import { useDeleteMe } from '../api/deleteMe.ts';
import { useExportMe } from '../api/exportMe.ts';

/** Take the data along, or leave for good. */
export function DataPanel() {
  const { t } = useTranslation();
  const exporting = useExportMe();
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      {exporting.error && <ErrorState error={exporting.error} />}
      <div>
        <Button
          variant="default"
          loading={exporting.isPending}
          onClick={() => exporting.mutate(undefined, { onSuccess: () => notifyDone(t('profile.exported')) })}
        >
          {t('profile.export')}
        </Button>
        <Text size="xs" c="dimmed" mt={4}>
          {t('profile.exportHint')}
        </Text>
      </div>
      <div>
        <Button variant="outline" color="signal" onClick={open}>
          {t('profile.delete')}
        </Button>
        <Text size="xs" c="dimmed" mt={4}>
          {t('profile.deleteHint')}
        </Text>
      </div>
      <DeleteModal opened={asking} onClose={close} />
    </>
  );
}

function DeleteModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const remove = useDeleteMe();
  return (
    <Modal opened={opened} onClose={onClose} title={t('profile.deleteTitle')}>
      <Text size="sm" mb="sm">
        {t('profile.deleteHint')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          remove.mutate(password, { onSuccess: () => notifyDone(t('profile.deleted')) });
        }}
      >
        <PasswordInput
          label={t('profile.deletePassword')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {remove.error && <ErrorState error={remove.error} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" color="signal" loading={remove.isPending} disabled={!password}>
            {t('profile.deleteConfirm')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
