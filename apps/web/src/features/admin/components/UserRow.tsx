import { Button, Group, Menu, Modal, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { adminUser } from '@mozarela/contract/admin';
import { IconDotsVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { formatAgo } from '../../../lib/format.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { useErrorText } from '../../../lib/useErrorText.ts';
import { useDeleteUser } from '../api/deleteUser.ts';
import { useResetLink } from '../api/resetLink.ts';
import { useToggleAdmin } from '../api/toggleAdmin.ts';
import classes from './UserRow.module.css';

type Props = { user: z.infer<typeof adminUser>; own: boolean };

export function UserRow({ user, own }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [asking, { open: ask, close: closeAsk }] = useDisclosure(false);
  const toggle = useToggleAdmin();
  const remove = useDeleteUser();
  const link = useResetLink();
  const onError = (error: unknown) => notifyError(errorText(error));
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Text fw={600}>
          {user.fullName}
          {user.isAdmin && <span className={classes.badge}>{t('profile.admin.admin')}</span>}
        </Text>
        <Text size="xs" c="dimmed">
          {user.email} · {user.clinic.name} ·{' '}
          {user.lastSeenAt
            ? t('profile.admin.lastSeen', { when: formatAgo(user.lastSeenAt) })
            : t('profile.admin.never')}
        </Text>
      </div>
      {!own && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              px="xs"
              aria-label={t('profile.admin.actions', { name: user.fullName })}
            >
              <IconDotsVertical size={18} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => link.mutate(user.id, { onError })}>
              {t('profile.admin.resetLink')}
            </Menu.Item>
            <Menu.Item
              onClick={() =>
                toggle.mutate(user.id, {
                  onSuccess: () => notifyDone(t('profile.admin.changed')),
                  onError,
                })
              }
            >
              {t(user.isAdmin ? 'profile.admin.takeAdmin' : 'profile.admin.makeAdmin')}
            </Menu.Item>
            <Menu.Item color="signal" onClick={ask}>
              {t('profile.admin.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Modal
        opened={link.data !== undefined}
        onClose={link.reset}
        title={t('profile.admin.resetTitle', { name: user.fullName })}
      >
        <Text size="sm" mb="sm">
          {t('profile.admin.resetText')}
        </Text>
        <TextInput
          readOnly
          aria-label={t('profile.admin.resetLink')}
          value={link.data?.url ?? ''}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Modal>
      <Modal
        opened={asking}
        onClose={closeAsk}
        title={t('profile.admin.deleteTitle', { name: user.fullName })}
      >
        <Text size="sm">{t('profile.admin.deleteText')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={closeAsk}>
            {t('action.cancel')}
          </Button>
          <Button
            color="signal"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(user.id, {
                onSuccess: () => notifyDone(t('profile.admin.deleted')),
                onError,
              })
            }
          >
            {t('action.delete')}
          </Button>
        </Group>
      </Modal>
    </li>
  );
}
