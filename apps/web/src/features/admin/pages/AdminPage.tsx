import { Container, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { useAdminUsers } from '../api/adminUsers.ts';
import { DeadJobs } from '../components/DeadJobs.tsx';
import { PagedList } from '../components/PagedList.tsx';
import { Reports } from '../components/Reports.tsx';
import { Stats } from '../components/Stats.tsx';
import classes from '../components/UserRow.module.css';
import { UserRow } from '../components/UserRow.tsx';

const SEARCH_AFTER_MS = 250;

export function AdminPage() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  usePageTitle(t('profile.admin.title'));
  return (
    <Container size="md" py="lg">
      <Title order={1} mb="md">
        {t('profile.admin.title')}
      </Title>
      {me?.isAdmin ? (
        <>
          <Stats />
          <Reports />
          <Users ownId={me.id} />
          <DeadJobs />
        </>
      ) : (
        <Text>{t('profile.admin.denied')}</Text>
      )}
    </Container>
  );
}

function Users({ ownId }: { ownId: string }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search.trim(), SEARCH_AFTER_MS);
  const list = useAdminUsers(settled);
  return (
    <section aria-label={t('profile.admin.users')} className={classes.section}>
      <Title order={2} size="h3" mb="xs">
        {t('profile.admin.users')}
      </Title>
      <TextInput
        type="search"
        mb="sm"
        label={t('profile.admin.search')}
        placeholder={t('profile.admin.searchHint')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <PagedList
        list={list}
        none={t('profile.admin.none')}
        row={(user) => <UserRow key={user.id} user={user} own={user.id === ownId} />}
      />
    </section>
  );
}
