import { Anchor, Title } from '@mantine/core';
import type { MeasuredSet, QualityReport } from '@mozarela/clinical/reading/quality-report';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { PageSkeleton } from '../../../components/PageSkeleton.tsx';
import { quality } from '../../../i18n/pages/quality.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { useQuality } from '../api/quality.ts';
import { Coverage } from '../components/Coverage.tsx';
import { type HitRow, HitTable } from '../components/HitTable.tsx';
import { Misses } from '../components/Misses.tsx';
import { PublishedList } from '../components/PublishedList.tsx';
import classes from '../components/Quality.module.css';
import { Safety } from '../components/Safety.tsx';
import { TimeHere } from '../components/TimeHere.tsx';

/** What was measured, misses included; every figure of ours comes from the committed result. */
export function QualityPage() {
  const { t } = useTranslation('quality');
  const { data: report, error, refetch } = useQuality();
  usePageTitle(t('title'));
  if (error)
    return (
      <div className={classes.page}>
        <ErrorState error={error} retry={() => void refetch()} />
      </div>
    );
  if (!report) return <PageSkeleton />;
  return (
    <div className={classes.page}>
      <Head report={report} />
      <Ranks report={report} />
      <h2>{t('safetyTitle')}</h2>
      <Safety report={report} />
      <h2>{t('missesTitle')}</h2>
      <p className={classes.hint}>{t('missesHint')}</p>
      <Misses report={report} />
      <h2>{t('coverageTitle')}</h2>
      <Coverage report={report} />
      <Anchor component={Link} to="/conditions" underline="always" display="inline-block" mt="sm">
        {t('browse')}
      </Anchor>
      <h2>{t('timeTitle')}</h2>
      <TimeHere />
      <h2>{t('publishedTitle')}</h2>
      <p className={classes.hint}>{t('publishedHint')}</p>
      <PublishedList />
      <h2>{t('limitsTitle')}</h2>
      <ul>
        {t('limits', { returnObjects: true }).map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </div>
  );
}

type Props = { report: QualityReport };

function Head({ report }: Props) {
  const { t } = useTranslation('quality');
  const { open, vignettes, cannotMiss, routine, measured, built, conditions } = report;
  const sets = t('sets', {
    returnObjects: true,
    open: open.all.cases,
    vignettes: vignettes.all.cases,
    cannotMiss: cannotMiss.notes,
    seenAtFirst: cannotMiss.seenAtFirst,
    routine: routine.notes,
  } as { returnObjects: true });
  return (
    <>
      <Title order={1}>{t('title')}</Title>
      <p className={classes.lead}>{t('lead')}</p>
      <p className={classes.caution}>
        {t('fewCases', { cases: open.all.cases, points: (100 / open.all.cases).toFixed(1) })}
      </p>
      <p className={classes.hint}>
        {measured === built
          ? t('version', { version: built, conditions })
          : t('versionDiffers', { measured, built })}
      </p>
      <h2>{t('setsTitle')}</h2>
      <dl className={classes.sets}>
        {sets.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Ranks({ report: { open, vignettes, crossValidated } }: Props) {
  const { t } = useTranslation('quality');
  const { t: common } = useTranslation();
  const crossed = { cases: open.all.cases, top: crossValidated.top };
  const rows: HitRow[] = [
    { name: t('open'), hits: open.all },
    { name: t('crossValidated'), hits: crossed },
    { name: t('vignettes'), hits: vignettes.all },
  ];
  const bySpecies = groupRows(open.species, (name) => common(`species.${name as 'dog'}`));
  return (
    <>
      <h2>{t('rankTitle')}</h2>
      <p className={classes.hint}>{t('rankHint')}</p>
      <HitTable label={t('rankTitle')} rows={rows} />
      <h2>{t('speciesTitle')}</h2>
      <p className={classes.hint}>{t('smallGroups')}</p>
      <HitTable label={t('speciesTitle')} rows={bySpecies} />
      <h2>{t('systemTitle')}</h2>
      <HitTable label={t('systemTitle')} rows={groupRows(open.system, systemWord)} />
    </>
  );
}

/** A set may name a system that has no word of ours. */
function systemWord(name: string): string {
  const words: Record<string, string> = quality.systems;
  return words[name] ?? name;
}

function groupRows(groups: MeasuredSet['species'], word: (name: string) => string): HitRow[] {
  return Object.entries(groups).map(([name, hits]) => ({ name: word(name), hits }));
}
