import { Kbd, Modal, Switch, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useShortcutsEnabled } from '../lib/useShortcuts.ts';

type Props = { opened: boolean; onClose: () => void };

const SHORTCUTS = [
  { keys: ['/'], does: 'notes' },
  { keys: ['L'], does: 'labs' },
  { keys: ['F'], does: 'add' },
  { keys: ['D'], does: 'results' },
  { keys: ['Ctrl / ⌘', 'Enter'], does: 'save' },
  { keys: ['?'], does: 'help' },
] as const;

export function ShortcutHelp({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const [enabled, setEnabled] = useShortcutsEnabled();
  return (
    <Modal opened={opened} onClose={onClose} title={t('workbench.shortcuts.title')} size="sm">
      <Table withRowBorders={false}>
        <Table.Tbody>
          {SHORTCUTS.map(({ keys, does }) => (
            <Table.Tr key={does}>
              <Table.Td>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{t(`workbench.shortcuts.${does}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label={t('workbench.shortcuts.single')}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
    </Modal>
  );
}
