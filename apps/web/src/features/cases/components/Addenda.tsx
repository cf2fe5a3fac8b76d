import { Button, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatDayTime } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { useAddAddendum } from '../api/addAddendum.ts';
import classes from './Record.module.css';

type Props = { record: CaseRecord };

/** What was added to a signed record, and the box to add more. */
export function Addenda({ record }: Props) {
  const { t } = useTranslation();
  const add = useAddAddendum(record.id);
  const form = useForm({ initialValues: { text: '' } });
  if (record.status !== 'signed' && record.addenda.length === 0) return null;
  const submit = form.onSubmit(({ text }) =>
    add.mutate(text, {
      onSuccess: () => {
        form.reset();
        notifyDone(t('cases.case.addendumAdded'));
      },
    }),
  );
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>{t('cases.case.addenda')}</h2>
      {record.addenda.map(({ id, text, createdAt, createdBy }) => (
        <div key={id} className={classes.entry}>
          <Text size="xs" c="dimmed">
            {t('cases.by', { name: createdBy.fullName, when: formatDayTime(createdAt) })}
          </Text>
          <p className={classes.text}>{text}</p>
        </div>
      ))}
      {record.status === 'signed' && (
        <form onSubmit={submit}>
          {add.error && <ErrorState error={add.error} />}
          <Textarea
            label={t('cases.case.addendumLabel')}
            description={t('cases.case.addendumHint')}
            autosize
            minRows={2}
            maxLength={5000}
            {...form.getInputProps('text')}
          />
          <Button
            type="submit"
            variant="default"
            mt="xs"
            loading={add.isPending}
            disabled={!form.values.text.trim()}
          >
            {t('cases.case.addendumAdd')}
          </Button>
        </form>
      )}
    </section>
  );
}
