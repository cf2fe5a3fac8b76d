import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ConditionEntry, searchConditions } from '@mozarela/clinical/reading/condition-index';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import '../../../i18n/pages/conditions.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { useConditions } from '../api/conditions.ts';
import classes from '../components/ConditionList.module.css';
import { ConditionRow } from '../components/ConditionRow.tsx';
import { ConditionSearch } from '../components/ConditionSearch.tsx';
import { useConditionFilters } from '../components/useConditionFilters.ts';

/** Rows shown at first, and added at a time. */
const STEP = 60;

/** Everything that the knowledge base holds, searchable by any name; readable without an account. */
export function ConditionsPage() {
  const { t } = useTranslation('conditions');
  const { filters, change } = useConditionFilters();
  const { data, error, refetch } = useConditions();
  usePageTitle(t('title'));
  return (
    <div className={classes.page}>
      <Title order={1}>{t('title')}</Title>
      <Text c="dimmed" mt={4} maw="44rem">
        {t('lead')}
      </Text>
      <ConditionSearch filters={filters} onChange={change} />
      {error && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <ListSkeleton />}
      {data && (
        <Results
          key={`${filters.text}|${filters.animal}|${filters.system}`}
          entries={data}
          filters={filters}
          onClear={() => change({ text: '', animal: null, system: null })}
        />
      )}
    </div>
  );
}

type ResultsProps = {
  entries: ConditionEntry[];
  filters: ReturnType<typeof useConditionFilters>['filters'];
  onClear: () => void;
};

function Results({ entries, filters, onClear }: ResultsProps) {
  const { t } = useTranslation('conditions');
  const [shown, setShown] = useState(STEP);
  const query = useDeferredValue(filters);
  const hits = useMemo(() => searchConditions(entries, query), [entries, query]);
  if (hits.length === 0)
    return (
      <EmptyState title={t('noneTitle')} text={t('noneText')}>
        <Button variant="default" onClick={onClear}>
          {t('clear')}
        </Button>
      </EmptyState>
    );
  return (
    <>
      <Text size="sm" c="dimmed" role="status" mb="xs">
        {t('found', { count: hits.length })}
      </Text>
      <ul className={classes.rows}>
        {hits.slice(0, shown).map((hit) => (
          <ConditionRow key={hit.entry.id} hit={hit} />
        ))}
      </ul>
      {hits.length > shown && (
        <Button variant="default" mt="sm" fullWidth onClick={() => setShown(shown + STEP)}>
          {t('more', { count: Math.min(STEP, hits.length - shown) })}
        </Button>
      )}
    </>
  );
}

function ListSkeleton() {
  return (
    <Stack gap="sm" aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} h={44} />
      ))}
    </Stack>
  );
}
