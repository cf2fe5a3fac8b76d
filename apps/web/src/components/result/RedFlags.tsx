import { Anchor, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { RedFlagHit } from '@mozarela/clinical/types';
import { IconAlertTriangleFilled, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './RedFlags.module.css';

const SHOWN = 5;

type Props = { flags: RedFlagHit[] };

/** What cannot wait, apart from and above the ranking. Five are shown; how many more there are is always said. */
export function RedFlags({ flags }: Props) {
  const { t } = useTranslation();
  const [all, { toggle }] = useDisclosure(false);
  if (flags.length === 0) return null;
  const shown = all ? flags : flags.slice(0, SHOWN);
  return (
    <section className={classes.box} aria-label={t('result.redFlags')}>
      <h2 className={classes.title}>
        <IconAlertTriangleFilled size={18} aria-hidden />
        {t('result.redFlags')}
      </h2>
      {shown.map((flag) => (
        <RedFlag key={flag.id} flag={flag} open={flags.length === 1} />
      ))}
      {flags.length > SHOWN && (
        <Button variant="subtle" color="signal" size="compact-sm" mt={4} onClick={toggle} aria-expanded={all}>
          {all ? t('result.redFlagsLess') : t('result.redFlagsMore', { count: flags.length - SHOWN })}
        </Button>
      )}
    </section>
  );
}

function RedFlag({ flag, open }: { flag: RedFlagHit; open: boolean }) {
  const { t } = useTranslation();
  return (
    <details className={classes.flag} open={open}>
      <summary className={classes.summary}>
        <span>
          <strong>{flag.title}</strong>
          <span className={classes.do}>{flag.doNow}</span>
        </span>
        <IconChevronDown size={18} className={classes.chevron} aria-hidden />
      </summary>
      <dl className={classes.facts}>
        <dt>{t('result.why')}</dt>
        <dd>{flag.why}</dd>
        <dt>{t('result.excludeBy')}</dt>
        <dd>{flag.excludeBy}</dd>
        {flag.reference && (
          <>
            <dt>{t('result.reference')}</dt>
            <dd>
              <Anchor href={flag.reference.url} target="_blank" rel="noreferrer" size="sm" c="inherit">
                {flag.reference.title}
              </Anchor>
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}
