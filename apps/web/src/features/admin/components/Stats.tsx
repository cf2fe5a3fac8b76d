import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useAdminStats } from '../api/adminStats.ts';
import classes from './UserRow.module.css';

export function Stats() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useAdminStats();
  if (isPending) return <Skeleton h={56} mb="lg" />;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <dl className={classes.stats}>
      {(['users', 'cases'] as const).map((what) => (
        <div key={what}>
          <dt>{t(`profile.admin.${what}`)}</dt>
          <dd>
            {data[what].total}
            <small>{t('profile.admin.recent', { count: data[what].recent })}</small>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('profile.admin.sessions')}</dt>
        <dd>{data.sessions.total}</dd>
      </div>
    </dl>
  );
}
