import { Anchor, Button, Group, SegmentedControl, Text, Title } from '@mantine/core';
import type { report } from '@mozarela/contract/reports';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import { formatAgo } from '../../../lib/format.ts';
import { notifyError } from '../../../lib/notify.tsx';
import { useErrorText } from '../../../lib/useErrorText.ts';
import { useAdminReports } from '../api/adminReports.ts';
import { useSettleReport } from '../api/settleReport.ts';
import { PagedList } from './PagedList.tsx';
import classes from './UserRow.module.css';

/** What people found wrong or dangerous. */
export function Reports() {
  const { t } = useTranslation();
  const [status, setStatus] = useState<'open' | 'done'>('open');
  const list = useAdminReports(status);
  return (
    <section aria-label={t('profile.admin.reports')}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t('profile.admin.reports')}
        </Title>
        <SegmentedControl
          size="xs"
          value={status}
          onChange={(value) => setStatus(value === 'done' ? 'done' : 'open')}
          data={[
            { value: 'open', label: t('profile.admin.reportsOpen') },
            { value: 'done', label: t('profile.admin.reportsDone') },
          ]}
        />
      </Group>
      <PagedList
        list={list}
        none={t('profile.admin.reportsNone')}
        row={(one) => <ReportRow key={one.id} report={one} />}
      />
    </section>
  );
}

function ReportRow({ report: one }: { report: z.infer<typeof report> }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const settle = useSettleReport();
  const { id, conditionId, analysisId, text, createdBy, clinic, createdAt, knowledgeVersion, done } = one;
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Text size="sm" className={classes.text}>
          {text}
        </Text>
        <Text size="xs" c="dimmed">
          {conditionId && (
            <Anchor component={Link} to={`/conditions/${conditionId}`} size="xs" underline="always">
              {conditionId}
            </Anchor>
          )}
          {conditionId && ' · '}
          {analysisId && `${t('profile.admin.reportAnalysis', { id: analysisId })} · `}
          {createdBy.fullName}, {clinic.name} · {formatAgo(createdAt)} ·{' '}
          {t('app.knowledge', { version: knowledgeVersion })}
          {done && ` · ${t('profile.admin.reportDoneBy', { name: done.by.fullName })}`}
        </Text>
      </div>
      <Button
        variant="default"
        flex="none"
        loading={settle.isPending}
        onClick={() =>
          settle.mutate({ id, done: !done }, { onError: (error) => notifyError(errorText(error)) })
        }
      >
        {t(done ? 'profile.admin.reportReopen' : 'profile.admin.reportSettle')}
      </Button>
    </li>
  );
}
