import { Table, Text } from '@mantine/core';
import type { protocolRow } from '@mozarela/contract/protocols';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';

type Props = { rows: z.infer<typeof protocolRow>[] };

/** The first rows as the engine understood them. */
export function ProtocolPreview({ rows }: Props) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('protocols.editor.preview')}>
      <Text fw={650}>{t('protocols.editor.preview')}</Text>
      <Text size="xs" c="dimmed">
        {t('protocols.editor.previewHint', { count: rows.length })}
      </Text>
      <Table.ScrollContainer
        minWidth={420}
        maxHeight={380}
        scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      >
        <Table fz="sm" verticalSpacing={5} horizontalSpacing="xs" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('protocols.editor.line')}</Table.Th>
              <Table.Th>{t('protocols.editor.disease')}</Table.Th>
              <Table.Th>{t('protocols.editor.keywords')}</Table.Th>
              <Table.Th ta="end">{t('protocols.editor.base')}</Table.Th>
              <Table.Th ta="end">{t('protocols.editor.weight')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ line, disease, keywords, baseProbability, matchWeight }) => (
              <Table.Tr key={line}>
                <Table.Td>{line}</Table.Td>
                <Table.Td fw={550}>{disease}</Table.Td>
                <Table.Td>{keywords.join(', ')}</Table.Td>
                <Table.Td ta="end">{baseProbability}</Table.Td>
                <Table.Td ta="end">{matchWeight}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
