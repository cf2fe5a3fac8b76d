import { Anchor, Container, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import '../../../i18n/ai.ts';
import { useMe } from '../../../lib/me.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { AppearancePicker } from '../components/AppearancePicker.tsx';
import { DataPanel } from '../components/DataPanel.tsx';
import { IdentityForm } from '../components/IdentityForm.tsx';
import { Panel } from '../components/Panel.tsx';
import { PasswordForm } from '../components/PasswordForm.tsx';
import { SessionList } from '../components/SessionList.tsx';

export function ProfilePage() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  usePageTitle(t('profile.title'));
  if (!me) return null;
  return (
    <Container size="md" py="lg">
      <Title order={1} mb="md">
        {t('profile.title')}
      </Title>
      <Panel title={t('profile.you')}>
        <IdentityForm me={me} />
      </Panel>
      <Panel title={t('profile.clinic')} hint={me.clinic.name}>
        <Anchor component={Link} to="/clinic" underline="always">
          {t('ai.clinic.link')}
        </Anchor>
      </Panel>
      <Panel title={t('profile.appearance')}>
        <AppearancePicker />
      </Panel>
      <Panel title={t('profile.password')}>
        <PasswordForm />
      </Panel>
      <Panel title={t('profile.sessions')} hint={t('profile.sessionsHint')}>
        <SessionList />
      </Panel>
      <Panel title={t('profile.data')}>
        <DataPanel />
      </Panel>
    </Container>
  );
}
