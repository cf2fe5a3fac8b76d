import { Anchor } from '@mantine/core';
import type { AiSettings } from '@mozarela/contract/ai';
import { useTranslation } from 'react-i18next';
import '../../i18n/ai.ts';
import classes from './ProviderTerms.module.css';

type Props = { provider: NonNullable<AiSettings['provider']> };

const GEMINI_TERMS = 'https://ai.google.dev/gemini-api/terms';

/** Who gets a case, and under whose terms. */
export function ProviderTerms({ provider: { adapter, host, model } }: Props) {
  const { t } = useTranslation();
  return (
    <dl className={classes.facts}>
      <dt>{t('ai.terms.to')}</dt>
      <dd>
        <strong>{host}</strong>
      </dd>
      <dt>{t('ai.terms.model')}</dt>
      <dd>{model}</dd>
      <dt>{t('ai.terms.under')}</dt>
      <dd>
        {adapter === 'gemini' ? (
          <>
            {t('ai.terms.gemini')}{' '}
            <Anchor href={GEMINI_TERMS} target="_blank" rel="noreferrer" size="sm" underline="always">
              {t('ai.terms.geminiLink')}
            </Anchor>
          </>
        ) : (
          t('ai.terms.openai', { host })
        )}
      </dd>
    </dl>
  );
}
