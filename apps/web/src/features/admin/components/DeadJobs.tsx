import { Button, Group, Text, Title } from '@mantine/core';
import type { deadJob } from '@mozarela/contract/admin';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { formatAgo } from '../../../lib/format.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { useErrorText } from '../../../lib/useErrorText.ts';
import { useAdminQueue } from '../api/adminQueue.ts';
import { useDropJob } from '../api/dropJob.ts';
import { useRetryJob } from '../api/retryJob.ts';
import { PagedList } from './PagedList.tsx';
import classes from './UserRow.module.css';

/** Background work that was given up, and what to do about it. */
export function DeadJobs() {
  const { t } = useTranslation();
  const list = useAdminQueue();
  const newest = list.data?.pages[0];
  return (
    <section aria-labelledby="background-work">
      <Title order={2} size="h3" id="background-work" mt="xl" mb="xs">
        {t('profile.admin.jobs.title')}
      </Title>
      {newest && (
        <Text size="sm" c="dimmed" mb="sm">
          {t('profile.admin.jobs.counts', {
            queued: newest.queued,
            running: newest.running,
            dead: newest.dead,
          })}
        </Text>
      )}
      <PagedList
        list={list}
        none={t('profile.admin.jobs.none')}
        row={(job) => <DeadJob key={job.id} job={job} />}
      />
    </section>
  );
}

function DeadJob({ job }: { job: z.infer<typeof deadJob> }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const retry = useRetryJob();
  const drop = useDropJob();
  const onError = (error: unknown) => notifyError(errorText(error));
  const done = (what: 'retried' | 'dropped') => () => notifyDone(t(`profile.admin.jobs.${what}`));
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Text fw={600}>{job.type}</Text>
        <Text size="xs" c="dimmed">
          {t('profile.admin.jobs.facts', {
            reason: job.reason,
            count: job.attempts,
            when: formatAgo(job.diedAt),
          })}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          loading={retry.isPending}
          aria-label={t('profile.admin.jobs.retryOne', { type: job.type })}
          onClick={() => retry.mutate(job.id, { onSuccess: done('retried'), onError })}
        >
          {t('profile.admin.jobs.retry')}
        </Button>
        <Button
          variant="default"
          loading={drop.isPending}
          aria-label={t('profile.admin.jobs.dropOne', { type: job.type })}
          onClick={() => drop.mutate(job.id, { onSuccess: done('dropped'), onError })}
        >
          {t('profile.admin.jobs.drop')}
        </Button>
      </Group>
    </li>
  );
}
