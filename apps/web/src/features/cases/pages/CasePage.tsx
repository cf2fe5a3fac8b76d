import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { PageSkeleton } from '../../../components/PageSkeleton.tsx';
import { caseQuery } from '../../../lib/caseQuery.ts';
import { formatDayTime } from '../../../lib/format.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { Addenda } from '../components/Addenda.tsx';
import { Attachments } from '../components/Attachments.tsx';
import { CaseHeader } from '../components/CaseHeader.tsx';
import { Engines } from '../components/Engines.tsx';
import { EventList } from '../components/EventList.tsx';
import { OutcomeForm } from '../components/OutcomeForm.tsx';
import classes from '../components/Record.module.css';
import { RecordCard } from '../components/RecordCard.tsx';

export function CasePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: record, error, refetch } = useQuery(caseQuery(id));
  usePageTitle(t('cases.case.title'));
  if (error)
    return (
      <div className={classes.page}>
        <ErrorState error={error} retry={() => void refetch()} />
      </div>
    );
  if (!record) return <PageSkeleton />;
  return (
    <div className={classes.page}>
      <CaseHeader record={record} />
      {record.status === 'signed' && (
        <Alert color="gray" mb="md" p="xs">
          {t('cases.case.signedBy', {
            when: record.signedAt ? formatDayTime(record.signedAt) : '–',
            name: record.signedBy?.fullName ?? '–',
          })}
        </Alert>
      )}
      <div className={classes.layout}>
        <div className={classes.side}>
          <RecordCard record={record} />
          <Attachments record={record} />
          <OutcomeForm key={`outcome-${record.outcome?.diagnosis}`} record={record} />
          <Addenda record={record} />
          <EventList caseId={record.id} />
        </div>
        <Engines key={record.id} record={record} />
      </div>
    </div>
  );
}
