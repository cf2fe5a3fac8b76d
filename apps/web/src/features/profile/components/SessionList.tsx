import { Button, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatAgo } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { useDeleteSession } from '../api/deleteSession.ts';
import { useSessions } from '../api/listSessions.ts';
import classes from './Panel.module.css';

export function SessionList() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useSessions();
  const end = useDeleteSession();
  if (isPending) return <Skeleton h={60} />;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <>
      {end.error && <ErrorState error={end.error} />}
      <ul className={classes.sessions}>
        {data.items.map(({ id, device, lastUsedAt, current }) => (
          <li key={id}>
            <div>
              <Text size="sm" fw={current ? 650 : undefined}>
                {device}
                {current && ` (${t('profile.thisDevice')})`}
              </Text>
              <Text size="xs" c="dimmed">
                {t('profile.lastUsed', { when: formatAgo(lastUsedAt) })}
              </Text>
            </div>
            {!current && (
              <Button
                variant="default"
                aria-label={t('profile.endLabel', { device })}
                loading={end.isPending && end.variables === id}
                onClick={() => end.mutate(id, { onSuccess: () => notifyDone(t('profile.ended')) })}
              >
                {t('profile.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
