import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { notifyDone } from '../../../lib/notify.tsx';
import { useCreateProtocol } from '../api/createProtocol.ts';
import { usePutProtocol } from '../api/putProtocol.ts';
import { useValidation } from '../api/validateProtocol.ts';
import { CsvEditor } from './CsvEditor.tsx';
import { type Issue, IssueTable } from './IssueTable.tsx';
import classes from './ProtocolEditor.module.css';
import { ProtocolPreview } from './ProtocolPreview.tsx';

const CHECK_AFTER_MS = 400;

export type Opened = { name: string; csv: string /** The protocol it replaces. */; id?: string };
type Props = { opened: Opened; onClose: () => void };

/** Where in a text a line and column (both from 1) begin. */
function offsetOf(csv: string, { line, column }: Issue): number {
  const before = csv.split('\n').slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
}

/** A CSV under check: text with line numbers, errors and warnings beside it, and the rows as understood. */
export function ProtocolEditor({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(opened.name);
  const [csv, setCsv] = useState(opened.csv);
  const [settled] = useDebouncedValue(csv, CHECK_AFTER_MS);
  const check = useValidation(settled);
  const text = useRef<HTMLTextAreaElement>(null);
  const create = useCreateProtocol();
  const put = usePutProtocol();
  const saving = create.isPending || put.isPending;
  const result = check.data;
  const badLines = useMemo(() => new Set(result?.errors.map(({ line }) => line)), [result]);
  const checking = check.isFetching || settled !== csv;
  const ready = result?.valid === true && !checking && name.trim() !== '';

  const goTo = (issue: Issue) => {
    const at = offsetOf(csv, issue);
    text.current?.focus();
    text.current?.setSelectionRange(at, at);
    const share = (issue.line - 1) / Math.max(1, csv.split('\n').length);
    const box = text.current?.parentElement;
    if (box) box.scrollTop = share * box.scrollHeight - box.clientHeight / 3;
  };
  const onSuccess = () => {
    notifyDone(t('protocols.saved'));
    onClose();
  };
  const save = () => {
    const body = { name: name.trim(), csv };
    if (opened.id) put.mutate({ id: opened.id, ...body }, { onSuccess });
    else create.mutate(body, { onSuccess });
  };

  return (
    <section aria-label={t('protocols.upload')}>
      <Title order={2} mb="sm">
        {opened.id
          ? t('protocols.editor.replaceTitle', { name: opened.name })
          : t('protocols.editor.newTitle')}
      </Title>
      <div className={classes.columns}>
        <div className={classes.column}>
          <TextInput
            label={t('protocols.editor.name')}
            value={name}
            maxLength={120}
            error={!name.trim() && t('protocols.editor.nameMissing')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <div>
            <Text size="xs" c="dimmed" mb={4}>
              {t('protocols.editor.csvHint')}
            </Text>
            <CsvEditor value={csv} badLines={badLines} inputRef={text} onChange={setCsv} />
          </div>
        </div>
        <div className={classes.column}>
          <Text role="status" fw={600}>
            {!result || checking
              ? t('protocols.editor.checking')
              : result.valid
                ? t('protocols.editor.valid', { count: result.rows })
                : t('protocols.editor.invalid', { count: result.errors.length })}
          </Text>
          {check.error && <ErrorState error={check.error} retry={() => void check.refetch()} />}
          {(create.error ?? put.error) && <ErrorState error={create.error ?? put.error} />}
          <IssueTable
            severe
            title={t('protocols.editor.errors')}
            issues={result?.errors ?? []}
            onGoTo={goTo}
          />
          <IssueTable title={t('protocols.editor.warnings')} issues={result?.warnings ?? []} onGoTo={goTo} />
          <ProtocolPreview rows={result?.preview ?? []} />
        </div>
      </div>
      <Group mt="md">
        <Button onClick={save} loading={saving} disabled={!ready}>
          {opened.id ? t('protocols.editor.saveVersion') : t('protocols.editor.save')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </Group>
    </section>
  );
}
