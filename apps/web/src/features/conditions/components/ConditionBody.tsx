import { Anchor, Text } from '@mantine/core';
import type { ConditionPage } from '@mozarela/clinical/reading/condition-page';
import { useTranslation } from 'react-i18next';
import { Card } from './Card.tsx';
import classes from './ConditionBody.module.css';
import { SignalmentCard } from './SignalmentCard.tsx';
import { TestsCard } from './TestsCard.tsx';

type Props = { page: ConditionPage };

export function ConditionBody({ page }: Props) {
  const { t } = useTranslation('conditions');
  return (
    <div className={classes.grid}>
      <div className={classes.column}>
        {page.redFlags.length > 0 && <RedFlags redFlags={page.redFlags} />}
        <Signs findings={page.findings} />
      </div>
      <div className={classes.column}>
        <SignalmentCard signalment={page.signalment} />
        <Card title={t('against')}>
          <Text size="sm" c={page.against.length > 0 ? undefined : 'dimmed'}>
            {page.against.join(', ') || t('nothingAgainst')}
          </Text>
        </Card>
        <TestsCard tests={page.tests} plan={page.plan} />
        <References references={page.references} />
      </div>
    </div>
  );
}

function RedFlags({ redFlags }: Pick<ConditionPage, 'redFlags'>) {
  const { t } = useTranslation('conditions');
  return (
    <Card title={t('redFlags')} hint={t('redFlagsHint')}>
      {redFlags.map(({ id, title, why, doNow }) => (
        <details key={id} className={classes.flags}>
          <summary>{title}</summary>
          <p>{why}</p>
          <p>
            <span className={classes.key}>{t('doNow')}:</span> {doNow}
          </p>
        </details>
      ))}
    </Card>
  );
}

function Signs({ findings }: Pick<ConditionPage, 'findings'>) {
  const { t } = useTranslation('conditions');
  return (
    <Card title={t('signs')} hint={t('signsHint')}>
      <dl className={classes.signs}>
        {findings.map(({ frequency, labels }) => (
          <div key={frequency} className={classes.pair}>
            <dt>
              {t(`frequency.${frequency}.title`)}
              <small>{t(`frequency.${frequency}.hint`)}</small>
            </dt>
            <dd>{labels.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function References({ references }: Pick<ConditionPage, 'references'>) {
  const { t } = useTranslation('conditions');
  return (
    <Card title={t('references')}>
      <ul className={classes.plain}>
        {references.map(({ title, publisher, year, url, checked }) => (
          <li key={`${title} ${publisher}`} className={classes.reference}>
            {url ? (
              <Anchor href={url} target="_blank" rel="noreferrer" size="sm" underline="always">
                {title}
              </Anchor>
            ) : (
              title
            )}
            <small>
              {publisher}
              {year !== null && `, ${year}`} · {url && checked ? t('checked', { checked }) : t('notLinked')}
            </small>
          </li>
        ))}
      </ul>
    </Card>
  );
}
