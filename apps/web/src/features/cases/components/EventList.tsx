import { Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatDayTime } from '../../../lib/format.ts';
import { useCaseEvents } from '../api/listCaseEvents.ts';
import classes from './Record.module.css';

type Props = { caseId: string };

/** The server's event types and their words. */
const WORDS = {
  'case.created': 'created',
  'case.changed': 'changed',
  'case.deleted': 'deleted',
  'case.restored': 'restored',
  'case.signed': 'signed',
  'addendum.added': 'addendumAdded',
  'outcome.recorded': 'outcomeRecorded',
  'attachment.added': 'attachmentAdded',
  'attachment.removed': 'attachmentRemoved',
} as const;

const isKnown = (type: string): type is keyof typeof WORDS => type in WORDS;

/** Who did what and when; fetched when it is opened. */
export function EventList({ caseId }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data, error, isLoading, refetch } = useCaseEvents(caseId, open);
  return (
    <details className={classes.card} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>{t('cases.case.history')}</summary>
      {isLoading && <Skeleton h={60} />}
      {error && <ErrorState error={error} retry={() => void refetch()} />}
      <ul className={classes.events}>
        {data?.items.map(({ seq, type, at, actor }) => (
          <li key={seq}>
            <span>{isKnown(type) ? t(`cases.events.${WORDS[type]}`) : type.replaceAll('.', ' ')}</span>
            <Text component="span" size="xs" c="dimmed">
              {t('cases.by', { name: actor?.fullName ?? t('cases.events.system'), when: formatDayTime(at) })}
            </Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
