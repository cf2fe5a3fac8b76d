import { Text } from '@mantine/core';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useTranslation } from 'react-i18next';
import classes from './Record.module.css';

type Props = { record: CaseRecord };

/** The note as it was typed. Always shown as text, whatever it holds. */
export function RecordCard({ record }: Props) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={t('cases.case.record')}>
      <h2 className={classes.title}>{t('cases.case.signs')}</h2>
      <p className={classes.text}>{record.clinicalSigns}</p>
      {record.labFindings && (
        <>
          <h2 className={classes.title}>{t('cases.case.labs')}</h2>
          <p className={classes.text}>{record.labFindings}</p>
        </>
      )}
      {record.corrections.length > 0 && (
        <>
          <h2 className={classes.title}>{t('cases.case.corrections')}</h2>
          <Text size="sm">
            {record.corrections
              .map(
                ({ finding, assertion }) =>
                  `${finding.replaceAll('_', ' ')}: ${t(`workbench.assertion.${assertion}`)}`,
              )
              .join(', ')}
          </Text>
        </>
      )}
    </section>
  );
}
