import { Button, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import classes from './LandingPage.module.css';

type Props = {
  /** The live workbench with example cases. */
  demo: ReactNode;
  /** Conditions in the knowledge base, when known. */
  conditions: number | null;
};

export function LandingPage({ demo, conditions }: Props) {
  const { t } = useTranslation();
  usePageTitle();
  const how = t('landing.how', { returnObjects: true });
  const limits = t('landing.limits', {
    returnObjects: true,
    count: conditions ?? t('landing.limitsUnknown'),
  } as { returnObjects: true });
  return (
    <div className={classes.page}>
      <section className={classes.hero}>
        <div>
          <Title order={1}>{t('landing.title')}</Title>
          <Text className={classes.lead}>{t('landing.lead')}</Text>
        </div>
        <div className={classes.actions}>
          <Button component={Link} to="/sign-up" size="md">
            {t('landing.start')}
          </Button>
          <Button component="a" href="#try" variant="subtle" size="md">
            {t('landing.try')}
          </Button>
        </div>
      </section>
      <section id="try" aria-label={t('landing.demoTitle')} className={classes.demo}>
        {demo}
      </section>
      <section className={classes.split}>
        <h2>{t('landing.howTitle')}</h2>
        <ol className={classes.steps}>
          {how.map(({ title, text }) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <section className={classes.split}>
        <h2>{t('landing.limitsTitle')}</h2>
        <ul className={classes.limits}>
          {limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      </section>
      <section className={classes.closing}>
        <div>
          <h2>{t('landing.closing')}</h2>
          <p>{t('landing.closingText')}</p>
        </div>
        <Button component={Link} to="/sign-up" size="md">
          {t('landing.start')}
        </Button>
      </section>
    </div>
  );
}
