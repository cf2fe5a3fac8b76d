import { Button, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import classes from './UserRow.module.css';

/** What an infinite query tells of its pages. */
type Pages<Item> = {
  data?: { pages: { items: Item[] }[] };
  error: unknown;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch(): unknown;
  fetchNextPage(): unknown;
};

type Props<Item> = {
  list: Pages<Item>;
  /** Said when there is nothing. */
  none: string;
  row: (item: Item) => ReactNode;
};

/** A list that grows by a button: loading, failed, empty or filled. */
export function PagedList<Item>({ list, none, row }: Props<Item>) {
  const { t } = useTranslation();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {Boolean(list.error) && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton h={56} />}
      {list.data && items.length === 0 && <Text c="dimmed">{none}</Text>}
      {items.length > 0 && <ul className={classes.list}>{items.map(row)}</ul>}
      {list.hasNextPage && (
        <Button
          variant="subtle"
          mt="sm"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('action.more')}
        </Button>
      )}
    </>
  );
}
