import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { downloadText } from '../../../lib/download.ts';
import { formatDayTime } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { useProtocolVersions } from '../api/listProtocolVersions.ts';
import { usePutProtocol } from '../api/putProtocol.ts';
import classes from './ProtocolItem.module.css';

type Props = { id: string; current: number };

/** Earlier versions; using one again makes it the newest version. */
export function ProtocolVersions({ id, current }: Props) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useProtocolVersions(id);
  const put = usePutProtocol();
  if (isPending) return <Skeleton h={40} mt="sm" />;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <>
      {put.error && <ErrorState error={put.error} />}
      <ul className={classes.versions}>
        {data.items.map(({ version, name, rows, csv, createdBy, createdAt }) => (
          <li key={version}>
            <Text size="sm">
              {t('protocols.version', { version })}
              {version === current && ` (${t('protocols.current')})`} · {t('protocols.rows', { count: rows })}{' '}
              · {t('protocols.by', { name: createdBy.fullName, when: formatDayTime(createdAt) })}
            </Text>
            <Group gap={4}>
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => downloadText(`${name} v${version}.csv`, csv, 'text/csv')}
              >
                {t('protocols.download')}
              </Button>
              {version !== current && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  loading={put.isPending && put.variables.csv === csv}
                  onClick={() =>
                    put.mutate({ id, name, csv }, { onSuccess: () => notifyDone(t('protocols.saved')) })
                  }
                >
                  {t('protocols.rollback')}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </>
  );
}
