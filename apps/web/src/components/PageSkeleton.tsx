import { Container, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <Container size="lg" py="xl" aria-busy="true">
      <VisuallyHidden role="status">{t('state.loading')}</VisuallyHidden>
      <Stack>
        <Skeleton h={32} w="40%" />
        <Skeleton h={16} w="70%" />
        <Skeleton h={120} />
        <Skeleton h={120} />
      </Stack>
    </Container>
  );
}
