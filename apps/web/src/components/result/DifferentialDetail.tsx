import { Anchor, Button, Text } from '@mantine/core';
import type { Diagnosis } from '@mozarela/clinical/types';
import { IconArrowsSplit2, IconBook2 } from '@tabler/icons-react';
import { type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ReportButton } from '../report/ReportButton.tsx';
import { AnalysisContext } from './AnalysisContext.ts';
import classes from './DifferentialDetail.module.css';
import { EvidenceList } from './EvidenceList.tsx';
import { TestsAndPlan } from './TestsAndPlan.tsx';

type Props = { diagnosis: Diagnosis; onExplainRest?: (diagnosisId: string) => void };

const isNotice = (notice: string): notice is 'zoonotic' | 'notifiable' | 'food_animal' =>
  notice === 'zoonotic' || notice === 'notifiable' || notice === 'food_animal';

export function DifferentialDetail({ diagnosis, onExplainRest }: Props) {
  const { t } = useTranslation();
  // Rows of a protocol and answers of a model have ids of their own; only the built-in engine's are conditions.
  const conditionId = diagnosis.probability === null ? undefined : diagnosis.id;
  const analysisId = useContext(AnalysisContext) ?? undefined;
  const { synonyms, notices, reasoning, unexplained, signalment, references, review } = diagnosis;
  // An engine that only ranks does not say what it leaves unexplained.
  const onlyRanked = diagnosis.probability === null && diagnosis.points === null;
  return (
    <div className={classes.detail}>
      {synonyms.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('result.alsoCalled', { names: synonyms.slice(0, 4).join(', ') })}
        </Text>
      )}
      {notices.map((notice) => (
        <Text key={notice} size="sm" className={classes.notice}>
          {isNotice(notice) ? t(`result.notice.${notice}`) : notice}
        </Text>
      ))}
      {reasoning && <Text size="sm">{reasoning}</Text>}
      <div className={classes.columns}>
        <Part title={t('result.for')}>
          <EvidenceList evidence={diagnosis.findingsFor} empty={t('result.nothingFor')} />
        </Part>
        <Part title={t('result.against')}>
          <EvidenceList evidence={diagnosis.findingsAgainst} empty={t('result.nothingAgainst')} />
        </Part>
        {!onlyRanked && (
          <Part title={t('result.unexplained')}>
            <Text size="sm" c={unexplained.length > 0 ? undefined : 'dimmed'}>
              {unexplained.join(', ') || t('result.allExplained')}
            </Text>
          </Part>
        )}
        {signalment.length > 0 && (
          <Part title={t('result.signalment')}>
            <Text size="sm">
              {signalment
                .map(({ factor, multiplier }) => `${factor} ×${Number(multiplier.toFixed(1))}`)
                .join(', ')}
            </Text>
          </Part>
        )}
      </div>
      <TestsAndPlan tests={diagnosis.suggestedTests} plan={diagnosis.treatmentPlan} />
      {references.length > 0 && (
        <Part title={t('result.references')}>
          <ul className={classes.plain}>
            {references.map(({ title, url }) => (
              <li key={title}>
                {url ? (
                  <Anchor href={url} target="_blank" rel="noreferrer" size="sm" underline="always">
                    {title}
                  </Anchor>
                ) : (
                  <Text size="sm">{title}</Text>
                )}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <div className={classes.foot}>
        {conditionId && (
          <Anchor component={Link} to={`/conditions/${conditionId}`} size="sm" className={classes.read}>
            <IconBook2 size={16} aria-hidden />
            {t('result.readMore')}
          </Anchor>
        )}
        {conditionId && (
          <Text size="xs" c="dimmed">
            {review === 'unreviewed' ? t('result.unreviewed') : t('result.reviewed', { by: review })}
          </Text>
        )}
        {onExplainRest && unexplained.length > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconArrowsSplit2 size={16} aria-hidden />}
            onClick={() => onExplainRest(diagnosis.id)}
          >
            {t('result.explainRest')}
          </Button>
        )}
        {(conditionId ?? analysisId) && (
          <ReportButton about={{ conditionId, analysisId, name: diagnosis.name }} />
        )}
      </div>
    </div>
  );
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={classes.heading}>{title}</h3>
      {children}
    </section>
  );
}
