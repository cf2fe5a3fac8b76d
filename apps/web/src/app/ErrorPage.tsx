import { Button, Container, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Shown when a page throws: never a stack, always a way on. */
export function ErrorPage() {
  const { t } = useTranslation();
  return (
    <Container size="sm" py={64}>
      <Title order={1} mb="sm">
        {t('error.pageTitle')}
      </Title>
      <Text mb="lg">{t('error.pageText')}</Text>
      <Group>
        <Button onClick={() => window.location.reload()}>{t('action.reload')}</Button>
        <Button component="a" href="/" variant="default">
          {t('action.home')}
        </Button>
      </Group>
    </Container>
  );
}
