import { Button, Menu } from '@mantine/core';
import {
  IconBuildingHospital,
  IconChevronDown,
  IconHelpCircle,
  IconLogout,
  IconSettings,
  IconShieldCog,
  IconUserCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSignOut } from '../../features/auth/api/signOut.ts';
import type { Me } from '../../lib/me.ts';

type Props = { me: Me };

export function AccountMenu({ me }: Props) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          leftSection={<IconUserCircle size={20} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={t('nav.account', { name: me.fullName })}
          maw={200}
        >
          {me.fullName.split(' ')[0]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.clinic.name}</Menu.Label>
        <Menu.Item component={Link} to="/profile" leftSection={<IconSettings size={18} aria-hidden />}>
          {t('nav.profile')}
        </Menu.Item>
        <Menu.Item component={Link} to="/clinic" leftSection={<IconBuildingHospital size={18} aria-hidden />}>
          {t('profile.clinic')}
        </Menu.Item>
        {me.isAdmin && (
          <Menu.Item component={Link} to="/admin" leftSection={<IconShieldCog size={18} aria-hidden />}>
            {t('nav.admin')}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to="/about" leftSection={<IconHelpCircle size={18} aria-hidden />}>
          {t('nav.about')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={() => signOut.mutate()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
