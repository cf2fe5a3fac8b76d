import { Text } from '@mantine/core';
import type { CaseSummary } from '@mozarela/contract/cases';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SpeciesIcon } from '../../../components/species/SpeciesIcon.tsx';
import { formatAgo, percent } from '../../../lib/format.ts';
import classes from './CaseRow.module.css';

type Props = { summary: CaseSummary };

export function CaseRow({ summary }: Props) {
  const { t } = useTranslation();
  const { patientName, species, breed, sex, age, latestAnalysis, outcome } = summary;
  const who = [breed ?? t(`species.${species}`), sex && t(`sexShort.${sex}`), age].filter(Boolean);
  const top = latestAnalysis?.top.slice(0, 2) ?? [];
  return (
    <li className={classes.row}>
      <Link to={`/cases/${summary.id}`} className={classes.link}>
        <span className={classes.icon}>
          <SpeciesIcon species={species} size={24} />
        </span>
        <span className={classes.patient}>
          <span className={classes.name}>{patientName ?? t('cases.unnamed')}</span>
          <span className={classes.who}>{who.join(', ')}</span>
        </span>
        <span className={classes.excerpt}>{summary.excerpt}</span>
        <span className={classes.answer}>
          {outcome ? (
            <strong>{t('cases.outcome', { diagnosis: outcome.diagnosis })}</strong>
          ) : latestAnalysis && top.length > 0 ? (
            <>
              {latestAnalysis.engine !== 'knowledge' && (
                <span className={classes.percent}>{t(`cases.namedBy.${latestAnalysis.engine}`)}</span>
              )}
              {top.map(({ name, probability }) => (
                <span key={name}>
                  {name}
                  {probability !== null && <span className={classes.percent}> {percent(probability)}</span>}
                </span>
              ))}
            </>
          ) : (
            <Text component="span" size="sm" c="dimmed">
              {t('cases.notAnalysed')}
            </Text>
          )}
        </span>
        <span className={classes.meta}>
          {summary.status === 'signed' && (
            <span className={classes.signed}>
              <IconLock size={13} aria-hidden />
              {t('cases.signed')}
            </span>
          )}
          <time dateTime={summary.createdAt}>{formatAgo(summary.createdAt)}</time>
          <span>{summary.createdBy.fullName}</span>
        </span>
      </Link>
    </li>
  );
}
