import { Button, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { notifyDone } from '../../../lib/notify.tsx';
import { usePutOutcome } from '../api/putOutcome.ts';
import classes from './Record.module.css';

type Props = { record: CaseRecord };

export function OutcomeForm({ record }: Props) {
  const { t } = useTranslation();
  const put = usePutOutcome(record.id);
  const form = useForm({ initialValues: { diagnosis: record.outcome?.diagnosis ?? '' } });
  const changed = form.values.diagnosis.trim() !== (record.outcome?.diagnosis ?? '');
  const submit = form.onSubmit(({ diagnosis }) =>
    put.mutate(diagnosis.trim(), { onSuccess: () => notifyDone(t('cases.case.outcomeSaved')) }),
  );
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>{t('cases.case.outcomeTitle')}</h2>
      <Text size="xs" c="dimmed" mb="xs">
        {t('cases.case.outcomeHint')}
      </Text>
      {put.error && <ErrorState error={put.error} />}
      <form onSubmit={submit} className={classes.inline}>
        <TextInput
          aria-label={t('cases.case.outcomeLabel')}
          placeholder={t('cases.case.outcomeLabel')}
          maxLength={200}
          {...form.getInputProps('diagnosis')}
        />
        <Button
          type="submit"
          variant="default"
          loading={put.isPending}
          disabled={!changed || !form.values.diagnosis.trim()}
        >
          {t('action.save')}
        </Button>
      </form>
    </section>
  );
}
