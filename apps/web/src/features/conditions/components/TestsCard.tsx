import type { ConditionPage } from '@mozarela/clinical/reading/condition-page';
import { useTranslation } from 'react-i18next';
import { Card } from './Card.tsx';
import classes from './ConditionBody.module.css';

const TIERS = [1, 2, 3] as const;
const STEPS = ['stabilise', 'treat', 'monitor'] as const;

type Props = Pick<ConditionPage, 'tests' | 'plan'>;

/**
 * Tests by tier, and the plan in words. Its own markup and not that of a result: sharing it would cut the first page's
 * script into more files.
 */
export function TestsCard({ tests, plan }: Props) {
  const { t } = useTranslation('conditions');
  const { t: common } = useTranslation();
  return (
    <Card title={t('todo')}>
      <dl className={classes.signs} data-narrow>
        {TIERS.map((tier) => {
          const own = tests.filter((test) => test.tier === tier);
          return own.length === 0 ? null : (
            <div key={tier} className={classes.stacked}>
              <dt>{common(`result.tier.${tier}`)}</dt>
              <dd>{own.map(({ name, purpose }) => `${name} (${purpose})`).join('; ')}</dd>
            </div>
          );
        })}
        {STEPS.map((step) =>
          plan[step].length === 0 ? null : (
            <div key={step} className={classes.stacked}>
              <dt>{common(`result.${step}`)}</dt>
              <dd>
                <ul className={classes.steps}>
                  {plan[step].map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </dd>
            </div>
          ),
        )}
      </dl>
      <p className={classes.hint}>{common('result.planNote')}</p>
    </Card>
  );
}
