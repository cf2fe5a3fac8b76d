import { Anchor, Container, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import '../../../i18n/pages/about.ts';
import { useInstallation } from '../../../lib/installation.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';

export function AboutPage() {
  const { t } = useTranslation('about');
  const { t: common } = useTranslation();
  const { data } = useInstallation();
  usePageTitle(common('nav.about'));
  return (
    <Container size="sm" py="xl">
      <Title order={1}>{t('title')}</Title>
      <Text size="lg" mt="sm">
        {t('lead')}
      </Text>
      <ul>
        <li>
          <Anchor component={Link} to="/quality" underline="always">
            {t('quality')}
          </Anchor>
        </li>
        <li>
          <Anchor component={Link} to="/conditions" underline="always">
            {t('conditions')}
          </Anchor>
        </li>
      </ul>
      {t('sections', { returnObjects: true }).map(({ title, text }) => (
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
          {t('licences')}
        </Title>
        <Text>{t('licencesText')}</Text>
      </section>
      {data && (
        <Text size="sm" c="dimmed" mt="xl">
          {t('version', { version: data.knowledgeVersion })}
        </Text>
      )}
    </Container>
  );
}
