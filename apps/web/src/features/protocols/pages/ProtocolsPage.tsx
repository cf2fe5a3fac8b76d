import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core';
import { protocolTemplate } from '@mozarela/contract/protocols';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { urlOf } from '../../../lib/call.ts';
import { notifyError } from '../../../lib/notify.tsx';
import { protocolsQuery } from '../../../lib/protocolsQuery.ts';
import { useErrorText } from '../../../lib/useErrorText.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { protocolQuery } from '../api/getProtocol.ts';
import { DropZone } from '../components/DropZone.tsx';
import { type Opened, ProtocolEditor } from '../components/ProtocolEditor.tsx';
import { ProtocolItem } from '../components/ProtocolItem.tsx';
import classes from './ProtocolsPage.module.css';

export function ProtocolsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { data, error, isPending, refetch } = useQuery(protocolsQuery);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [opening, setOpening] = useState<string | null>(null);
  usePageTitle(t('protocols.title'));

  const replace = async (id: string) => {
    setOpening(id);
    try {
      const { name, csv } = await client.fetchQuery(protocolQuery(id));
      setOpened({ id, name, csv });
    } catch (failure) {
      notifyError(errorText(failure));
    }
    setOpening(null);
  };

  return (
    <div className={classes.page}>
      <Title order={1}>{t('protocols.title')}</Title>
      <Text maw="44rem" mt={4} mb="sm">
        {t('protocols.lead')}
      </Text>
      {opened ? (
        <ProtocolEditor key={opened.id ?? opened.csv} opened={opened} onClose={() => setOpened(null)} />
      ) : (
        <Stack>
          <div>
            <DropZone onFile={setOpened} />
            <Anchor
              className={classes.template}
              href={urlOf(protocolTemplate)}
              download
              size="sm"
              underline="always"
            >
              {t('protocols.template')}
            </Anchor>
          </div>
          {error ? (
            <ErrorState error={error} retry={() => void refetch()} />
          ) : (
            <div className={classes.list}>
              {isPending && <Skeleton h={56} m="md" w="auto" />}
              {data?.items.length === 0 && (
                <EmptyState title={t('protocols.emptyTitle')} text={t('protocols.emptyText')} />
              )}
              <ul>
                {data?.items.map((summary) => (
                  <ProtocolItem
                    key={summary.id}
                    summary={summary}
                    opening={opening === summary.id}
                    onReplace={() => void replace(summary.id)}
                  />
                ))}
              </ul>
            </div>
          )}
        </Stack>
      )}
    </div>
  );
}
