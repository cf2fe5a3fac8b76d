import { List, Text } from '@mantine/core';
import type { Diagnosis } from '@mozarela/clinical/types';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DifferentialDetail.module.css';
import { Part } from './DifferentialDetail.tsx';

type Props = { tests: Diagnosis['suggestedTests']; plan: Diagnosis['treatmentPlan'] };

/** Cheapest first; 0 where nobody said what it costs. */
const TIERS = [1, 2, 3, 0] as const;
const STEPS = ['stabilise', 'treat', 'monitor'] as const;

export function TestsAndPlan({ tests, plan }: Props) {
  const { t } = useTranslation();
  const steps = STEPS.filter((step) => plan[step].length > 0);
  return (
    <>
      {tests.length > 0 && (
        <Part title={t('result.tests')}>
          <dl className={classes.tests}>
            {TIERS.filter((tier) => tests.some((test) => test.tier === tier)).map((tier) => (
              <Fragment key={tier}>
                <dt>{t(`result.tier.${tier}`)}</dt>
                <dd>
                  {tests
                    .filter((test) => test.tier === tier)
                    .map(({ name, purpose }) => (purpose ? `${name} (${purpose})` : name))
                    .join('; ')}
                </dd>
              </Fragment>
            ))}
          </dl>
        </Part>
      )}
      {steps.length > 0 && (
        <Part title={t('result.plan')}>
          {steps.map((step) => (
            <Fragment key={step}>
              <Text size="sm" fw={600}>
                {t(`result.${step}`)}
              </Text>
              <List size="sm" mb={4}>
                {plan[step].map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
            </Fragment>
          ))}
          <Text size="xs" c="dimmed">
            {t('result.planNote')}
          </Text>
        </Part>
      )}
    </>
  );
}
