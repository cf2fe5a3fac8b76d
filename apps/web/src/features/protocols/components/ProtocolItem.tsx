import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Protocol } from '@mozarela/contract/protocols';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatAgo } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { useDeleteProtocol } from '../api/deleteProtocol.ts';
import classes from './ProtocolItem.module.css';
import { ProtocolVersions } from './ProtocolVersions.tsx';

type Props = { summary: Omit<Protocol, 'csv'>; opening: boolean; onReplace: () => void };

export function ProtocolItem({ summary, opening, onReplace }: Props) {
  const { t } = useTranslation();
  const [versions, { toggle: toggleVersions }] = useDisclosure(false);
  const [asking, { open: ask, close: closeAsk }] = useDisclosure(false);
  const remove = useDeleteProtocol();
  const confirm = () => remove.mutate(summary.id, { onSuccess: () => notifyDone(t('protocols.deleted')) });
  const facts = [
    t('protocols.version', { version: summary.version }),
    t('protocols.rows', { count: summary.rows }),
    summary.warnings > 0 && t('protocols.warnings', { count: summary.warnings }),
    t('protocols.by', { name: summary.createdBy.fullName, when: formatAgo(summary.updatedAt) }),
  ];
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <div className={classes.name}>
          <Text fw={650}>{summary.name}</Text>
          <Text size="xs" c="dimmed">
            {facts.filter(Boolean).join(' · ')}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" onClick={onReplace} loading={opening}>
            {t('protocols.replace')}
          </Button>
          <Button variant="subtle" color="gray" onClick={toggleVersions} aria-expanded={versions}>
            {t('protocols.versions')}
          </Button>
          <Button variant="subtle" color="signal" onClick={ask}>
            {t('action.delete')}
          </Button>
        </Group>
      </div>
      {versions && <ProtocolVersions id={summary.id} current={summary.version} />}
      <Modal opened={asking} onClose={closeAsk} title={t('protocols.deleteTitle', { name: summary.name })}>
        <Text size="sm">{t('protocols.deleteText')}</Text>
        {remove.error && <ErrorState error={remove.error} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={closeAsk}>
            {t('action.cancel')}
          </Button>
          <Button color="signal" onClick={confirm} loading={remove.isPending}>
            {t('action.delete')}
          </Button>
        </Group>
      </Modal>
    </li>
  );
}
