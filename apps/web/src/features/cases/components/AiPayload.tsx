import { Text } from '@mantine/core';
import type { AiPreview } from '@mozarela/contract/ai';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './AiConsent.module.css';
import panel from './EnginePanel.module.css';

type Redaction = AiPreview['redactions']['documents'][number][number];

const SHORT = ['species', 'breed', 'sex', 'age', 'weightKg'] as const;
const LONG = ['clinicalSigns', 'labFindings'] as const;
const KINDS = ['name', 'phone', 'email', 'link', 'address', 'chip', 'date', 'id', 'file'] as const;

/** The payload as it would leave, with what was replaced marked in place. */
export function AiPayload({
  preview: { payload, redactions, system, promptVersion },
}: {
  preview: AiPreview;
}) {
  const { t } = useTranslation();
  const { documents, ...fields } = redactions;
  const all = [...Object.values(fields), ...documents].flat();
  const marked = (field: (typeof SHORT)[number] | (typeof LONG)[number]) => {
    const value = payload[field];
    if (value === null || value === '')
      return (
        <Text span size="sm" c="dimmed">
          {t('ai.consent.empty')}
        </Text>
      );
    return (
      <Marked text={String(value)} redactions={field in fields ? fields[field as keyof typeof fields] : []} />
    );
  };
  return (
    <>
      <p className={classes.lead}>{t('ai.consent.payload')}</p>
      <dl className={classes.fields}>
        {[...SHORT, ...LONG].map((field) => (
          <div key={field} className={LONG.some((long) => long === field) ? classes.long : undefined}>
            <dt>{t(`ai.field.${field}`)}</dt>
            <dd>{marked(field)}</dd>
          </div>
        ))}
        {payload.documents.map(({ text }, index) => {
          const number = index + 1;
          return (
            <div key={number} className={classes.long}>
              <dt>{t('ai.consent.documents', { number })}</dt>
              <dd>
                <Marked text={text} redactions={documents[index]} />
              </dd>
            </div>
          );
        })}
        {payload.corrections && (
          <div className={classes.long}>
            <dt>{t('ai.field.corrections')}</dt>
            <dd>
              {payload.corrections.map(({ finding, assertion }) => `${finding}: ${assertion}`).join(', ')}
            </dd>
          </div>
        )}
        {payload.protocol && (
          <div className={classes.long}>
            <dt>{t('ai.field.protocol')}</dt>
            <dd>{payload.protocol.join(', ')}</dd>
          </div>
        )}
      </dl>
      <Text size="sm" mt="sm">
        <Replaced redactions={all} />
      </Text>
      <Text size="sm" mt="xs" className={panel.caution}>
        {t('ai.consent.uncertain')}
      </Text>
      <details className={panel.more}>
        <summary>{t('ai.consent.exact')}</summary>
        <pre className={classes.exact}>{JSON.stringify(payload)}</pre>
      </details>
      <details className={panel.more}>
        <summary>{t('ai.consent.instruction', { version: promptVersion })}</summary>
        <pre className={classes.exact}>{system}</pre>
      </details>
    </>
  );
}

function Replaced({ redactions }: { redactions: Redaction[] }) {
  const { t } = useTranslation();
  if (redactions.length === 0) return t('ai.consent.redactedNone');
  const kinds = KINDS.filter((known) => redactions.some(({ kind }) => kind === known));
  return t('ai.consent.redacted', {
    count: redactions.length,
    kinds: kinds.map((kind) => t(`ai.kind.${kind}`)).join(', '),
  });
}

function Marked({ text, redactions = [] }: { text: string; redactions?: Redaction[] }) {
  const parts = redactions.toSorted((one, other) => one.start - other.start);
  return (
    <>
      {parts.map(({ start, end }, index) => (
        <Fragment key={start}>
          {text.slice(parts[index - 1]?.end ?? 0, start)}
          <mark className={classes.redacted}>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(parts.at(-1)?.end ?? 0)}
    </>
  );
}
