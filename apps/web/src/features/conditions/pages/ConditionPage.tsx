import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { PageSkeleton } from '../../../components/PageSkeleton.tsx';
import { ReportButton } from '../../../components/report/ReportButton.tsx';
import '../../../i18n/pages/conditions.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { useCondition } from '../api/conditions.ts';
import classes from '../components/ConditionBody.module.css';
import { ConditionBody } from '../components/ConditionBody.tsx';
import { ConditionHead } from '../components/ConditionHead.tsx';
import { LookAlikes } from '../components/LookAlikes.tsx';

/** One condition, to read; without an account too. */
export function ConditionPage() {
  const { t } = useTranslation('conditions');
  const { id = '' } = useParams();
  const { data: page, error, isPending, refetch } = useCondition(id);
  usePageTitle(page?.name ?? t('title'));
  if (error)
    return (
      <div className={classes.page}>
        <ErrorState error={error} retry={() => void refetch()} />
      </div>
    );
  if (isPending) return <PageSkeleton />;
  if (!page)
    return (
      <div className={classes.page}>
        <EmptyState title={t('missingTitle')} text={t('missingText')}>
          <Button component={Link} to="/conditions" variant="default">
            {t('back')}
          </Button>
        </EmptyState>
      </div>
    );
  return (
    <article className={classes.page}>
      <ConditionHead page={page} />
      <ConditionBody page={page} />
      <div className={classes.below}>
        <LookAlikes lookAlikes={page.lookAlikes} />
      </div>
      <div className={classes.foot}>
        <Text size="xs" c="dimmed">
          {t('version', { version: page.version })}
        </Text>
        <ReportButton about={{ conditionId: page.id, name: page.name }} />
      </div>
    </article>
  );
}
