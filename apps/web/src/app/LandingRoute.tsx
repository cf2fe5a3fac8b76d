import { Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { PageSkeleton } from '../components/PageSkeleton.tsx';
import { LandingPage } from '../features/landing/pages/LandingPage.tsx';
import { useMe, wasSignedIn } from '../lib/me.ts';

/** The workbench comes after the page has shown. */
const Demo = lazy(async () => ({
  default: (await import('../features/workbench/components/Demo.tsx')).Demo,
}));

/** The first page: for visitors what this is; who is signed in goes to the cases. */
export function LandingRoute() {
  const { data: me, isPending } = useMe();
  const [conditions, setConditions] = useState<number | null>(null);
  if (me) return <Navigate to="/cases" replace />;
  if (isPending && wasSignedIn()) return <PageSkeleton />;
  return (
    <LandingPage
      conditions={conditions}
      demo={
        <Suspense fallback={<DemoSkeleton />}>
          <Demo onKnowledge={setConditions} />
        </Suspense>
      }
    />
  );
}

function DemoSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack p="md" aria-busy="true">
      <Text size="sm" c="dimmed">
        {t('landing.demoLoading')}
      </Text>
      <Skeleton h={48} />
      <Skeleton h={200} />
      <Skeleton h={120} />
    </Stack>
  );
}
