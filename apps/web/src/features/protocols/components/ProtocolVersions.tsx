import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { downloadText } from '../../../lib/download.ts';
import { formatDayTime } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { useReadProtocolVersion } from '../api/getProtocolVersion.ts';
import { useProtocolVersions } from '../api/listProtocolVersions.ts';
import { useRestoreProtocolVersion } from '../api/restoreProtocolVersion.ts';
import classes from './ProtocolItem.module.css';

type Props = { id: string; current: number };

/** Earlier versions; using one again makes it the newest version. */
export function ProtocolVersions({ id, current }: Props) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useProtocolVersions(id);
  const read = useReadProtocolVersion(id);
  const restore = useRestoreProtocolVersion(id);
  if (isPending) return <Skeleton h={40} mt="sm" />;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  const download = (number: number) =>
    read.mutate(number, {
      onSuccess: ({ name, version, csv }) => downloadText(`${name} v${version}.csv`, csv, 'text/csv'),
    });
  const failed = restore.error ?? read.error;
  return (
    <>
      {failed && <ErrorState error={failed} />}
      <ul className={classes.versions}>
        {data.items.map(({ version, rows, createdBy, createdAt }) => (
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
                loading={read.isPending && read.variables === version}
                onClick={() => download(version)}
              >
                {t('protocols.download')}
              </Button>
              {version !== current && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  loading={restore.isPending && restore.variables === version}
                  onClick={() =>
                    restore.mutate(version, { onSuccess: () => notifyDone(t('protocols.saved')) })
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
