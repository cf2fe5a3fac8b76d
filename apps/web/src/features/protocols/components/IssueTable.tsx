import { Table, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './IssueTable.module.css';

export type Issue = { line: number; column: number; message: string };

type Props = { title: string; issues: Issue[]; severe?: boolean; onGoTo: (issue: Issue) => void };

/** Errors or warnings by line and column; a click puts the cursor there. */
export function IssueTable({ title, issues, severe = false, onGoTo }: Props) {
  const { t } = useTranslation();
  if (issues.length === 0) return null;
  return (
    <section aria-label={title} className={classes.issues} data-severe={severe || undefined}>
      <h3 className={classes.title}>
        {title} ({issues.length})
      </h3>
      <div className={classes.scroll}>
        <Table fz="sm" verticalSpacing={4} horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('protocols.editor.line')}</Table.Th>
              <Table.Th>{t('protocols.editor.column')}</Table.Th>
              <Table.Th>{t('protocols.editor.message')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {issues.map((issue) => (
              <Table.Tr key={`${issue.line}:${issue.column}:${issue.message}`}>
                <Table.Td>
                  <UnstyledButton
                    className={classes.go}
                    aria-label={t('protocols.editor.goTo', { line: issue.line, column: issue.column })}
                    onClick={() => onGoTo(issue)}
                  >
                    {issue.line}
                  </UnstyledButton>
                </Table.Td>
                <Table.Td>{issue.column}</Table.Td>
                <Table.Td>{issue.message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
