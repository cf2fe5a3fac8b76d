import { Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatDayTime } from '../../../lib/format.ts';
import { useCaseEvents } from '../api/listCaseEvents.ts';
import classes from './Record.module.css';

type Props = { caseId: string };

const KNOWN = [
  'created',
  'updated',
  'signed',
  'addendum_added',
  'outcome_recorded',
  'deleted',
  'restored',
  'analysed',
] as const;
type Known = (typeof KNOWN)[number];

const isKnown = (type: string): type is Known => (KNOWN as readonly string[]).includes(type);

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
            <span>{isKnown(type) ? t(`cases.events.${type}`) : type.replaceAll('_', ' ')}</span>
            <Text component="span" size="xs" c="dimmed">
              {t('cases.by', { name: actor?.fullName ?? t('cases.events.system'), when: formatDayTime(at) })}
            </Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
