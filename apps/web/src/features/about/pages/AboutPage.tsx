import { Container, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useInstallation } from '../../../lib/installation.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';

export function AboutPage() {
  const { t } = useTranslation();
  const { data } = useInstallation();
  usePageTitle(t('nav.about'));
  return (
    <Container size="sm" py="xl">
      <Title order={1}>{t('about.title')}</Title>
      <Text size="lg" mt="sm">
        {t('about.lead')}
      </Text>
      {t('about.sections', { returnObjects: true }).map(({ title, text }) => (
        <section key={title}>
          <Title order={2} mt="xl" mb="xs">
            {title}
          </Title>
          {text.map((paragraph) => (
            <Text key={paragraph} mb="sm">
              {paragraph}
            </Text>
          ))}
        </section>
      ))}
      <section id="licences">
        <Title order={2} mt="xl" mb="xs">
          {t('about.licences')}
        </Title>
        <Text>{t('about.licencesText')}</Text>
      </section>
      {data && (
        <Text size="sm" c="dimmed" mt="xl">
          {t('about.version', { version: data.knowledgeVersion })}
        </Text>
      )}
    </Container>
  );
}
