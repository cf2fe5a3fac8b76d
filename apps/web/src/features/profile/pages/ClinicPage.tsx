import { Container, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import '../../../i18n/ai.ts';
import { useMe } from '../../../lib/me.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { AiPanel } from '../components/AiPanel.tsx';
import { Panel } from '../components/Panel.tsx';

/** What holds for everybody in the clinic. */
export function ClinicPage() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  usePageTitle(t('ai.clinic.title'));
  if (!me) return null;
  return (
    <Container size="md" py="lg">
      <Title order={1} mb={4}>
        {t('ai.clinic.title')}
      </Title>
      <Text c="dimmed" mb="md">
        {t('ai.clinic.lead', { name: me.clinic.name })}
      </Text>
      <Panel title={t('ai.title')} hint={t('ai.clinic.hint')}>
        <AiPanel />
      </Panel>
    </Container>
  );
}
