import { Button, Container, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePageTitle } from '../lib/usePageTitle.ts';

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t('error.notFoundTitle'));
  return (
    <Container size="sm" py={64}>
      <Title order={1} mb="sm">
        {t('error.notFoundTitle')}
      </Title>
      <Text mb="lg">{t('error.notFoundText')}</Text>
      <Button component={Link} to="/" variant="default">
        {t('action.home')}
      </Button>
    </Container>
  );
}
