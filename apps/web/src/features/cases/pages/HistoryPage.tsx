import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { exportCases } from '@mozarela/contract/cases';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { urlOf } from '../../../lib/call.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { useCaseList } from '../api/listCases.ts';
import { CaseRow } from '../components/CaseRow.tsx';
import { FilterBar } from '../components/FilterBar.tsx';
import { useFilters } from '../components/useFilters.ts';
import classes from './HistoryPage.module.css';

export function HistoryPage() {
  const { t } = useTranslation();
  const { filters, change, active } = useFilters();
  const list = useCaseList(filters);
  const { ref, entry } = useIntersection({ rootMargin: '400px' });
  usePageTitle(t('cases.title'));
  const cases = list.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;

  const near = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [near, hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div className={classes.page}>
      <Group justify="space-between" mb="md">
        <Title order={1}>{t('cases.title')}</Title>
        <Button component={Link} to="/cases/new">
          {t('nav.newCase')}
        </Button>
      </Group>
      <FilterBar filters={filters} active={active} onChange={change} />
      {list.error ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : (
        <div className={classes.list} aria-busy={list.isFetching}>
          {list.isPending && <ListSkeleton />}
          {list.data && cases.length === 0 && (active ? <NoMatch /> : <NoCases />)}
          <ul className={classes.rows}>
            {cases.map((summary) => (
              <CaseRow key={summary.id} summary={summary} />
            ))}
          </ul>
        </div>
      )}
      <div ref={ref}>
        {hasNextPage && (
          <Button variant="subtle" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('action.more')}
          </Button>
        )}
      </div>
      {cases.length > 0 && (
        <Group justify="space-between" mt="sm">
          <Text size="xs" c="dimmed" role="status">
            {t('cases.loaded', { count: cases.length })}
            {!hasNextPage && ` ${t('cases.end')}`}
          </Text>
          <Anchor
            size="xs"
            href={urlOf(exportCases, { query: { format: 'csv' } })}
            download
            className={classes.export}
          >
            {t('cases.exportCsv')}
          </Anchor>
        </Group>
      )}
    </div>
  );
}

function NoCases() {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('cases.emptyTitle')} text={t('cases.emptyText')}>
      <Button component={Link} to="/cases/new">
        {t('nav.newCase')}
      </Button>
    </EmptyState>
  );
}

function NoMatch() {
  const { t } = useTranslation();
  return <EmptyState title={t('cases.noneTitle')} text={t('cases.noneText')} />;
}

function ListSkeleton() {
  return (
    <Stack p="md" gap="md">
      {['a', 'b', 'c', 'd'].map((row) => (
        <Skeleton key={row} h={44} />
      ))}
    </Stack>
  );
}
