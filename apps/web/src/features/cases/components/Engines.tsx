import { Anchor, NativeSelect, Text } from '@mantine/core';
import type { Analysis } from '@mozarela/contract/analyses';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useInstallation } from '../../../lib/installation.ts';
import { protocolsQuery } from '../../../lib/protocolsQuery.ts';
import { useAnalyses } from '../api/listAnalyses.ts';
import { useRunAnalysis } from '../api/runAnalysis.ts';
import classes from './EnginePanel.module.css';
import { EnginePanel } from './EnginePanel.tsx';

type Props = { caseId: string };

/** The newest run of each protocol; runs come newest first. */
function newestByProtocol(analyses: Analysis[]): Analysis[] {
  const seen = new Set<string | null>();
  return analyses.filter(({ engine, protocolId }) => {
    if (engine !== 'protocol' || seen.has(protocolId)) return false;
    seen.add(protocolId);
    return true;
  });
}

/** What each engine says of the case, side by side and never averaged. */
export function Engines({ caseId }: Props) {
  const { t } = useTranslation();
  const analyses = useAnalyses(caseId);
  const protocols = useQuery(protocolsQuery);
  const run = useRunAnalysis(caseId);
  const items = analyses.data?.items ?? [];
  const knowledge = items.find(({ engine }) => engine === 'knowledge');
  const ran = newestByProtocol(items);
  const names = new Map(protocols.data?.items.map(({ id, name }) => [id, name]));
  const others =
    protocols.data?.items.filter(({ id }) => !ran.some(({ protocolId }) => protocolId === id)) ?? [];
  const running = (protocolId: string | null) =>
    run.isPending && (run.variables.engine === 'protocol' ? run.variables.protocolId : null) === protocolId;

  if (analyses.error) return <ErrorState error={analyses.error} retry={() => void analyses.refetch()} />;
  return (
    <div>
      {run.error && <ErrorState error={run.error} />}
      <div className={classes.columns}>
        <EnginePanel
          title={t('result.engine.knowledge')}
          analysis={knowledge}
          loading={analyses.isPending}
          running={running(null)}
          onRun={() => run.mutate({ engine: 'knowledge' })}
        />
        <div className={classes.stack}>
          {ran.map((analysis) => {
            const { protocolId } = analysis;
            const name = protocolId ? names.get(protocolId) : undefined;
            const again = () => protocolId && run.mutate({ engine: 'protocol', protocolId });
            return (
              <EnginePanel
                key={analysis.id}
                title={name ?? t('cases.engines.deletedProtocol')}
                analysis={analysis}
                loading={false}
                running={running(protocolId)}
                onRun={name ? again : undefined}
                beside={knowledge !== undefined}
              />
            );
          })}
          <EnginePanel
            title={t('cases.engines.protocol')}
            analysis={undefined}
            loading={false}
            running={false}
          >
            {protocols.data?.items.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t('cases.engines.noProtocols')}{' '}
                <Anchor component={Link} to="/protocols" underline="always">
                  {t('cases.engines.toProtocols')}
                </Anchor>
              </Text>
            ) : (
              <NativeSelect
                aria-label={t('cases.engines.chooseProtocol')}
                value=""
                disabled={run.isPending || others.length === 0}
                onChange={(event) =>
                  run.mutate({ engine: 'protocol', protocolId: event.currentTarget.value })
                }
                data={[
                  { value: '', label: t('cases.engines.chooseProtocol') },
                  ...others.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
          </EnginePanel>
          <AiColumn />
        </div>
      </div>
    </div>
  );
}

function AiColumn() {
  const { t } = useTranslation();
  const { data } = useInstallation();
  return (
    <section className={classes.ai} aria-label={t('cases.engines.aiTitle')}>
      <h2 className={classes.title}>{t('cases.engines.aiTitle')}</h2>
      <Text size="sm" mt={4}>
        {data?.ai ? t('cases.engines.aiLater') : t('cases.engines.aiOff')}
      </Text>
      {!data?.ai && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('cases.engines.aiHow')}
        </Text>
      )}
    </section>
  );
}
