import { Loader, Tabs, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { analysesKey, useAnalyses } from '../api/listAnalyses.ts';
import { useRunAnalysis } from '../api/runAnalysis.ts';
import { agreementOf } from '../lib/agreement.ts';
import { Agreement } from './Agreement.tsx';
import { AiPanel } from './AiPanel.tsx';
import classes from './EnginePanel.module.css';
import { EnginePanel } from './EnginePanel.tsx';
import { ProtocolPanels } from './ProtocolPanels.tsx';
import { useAi } from './useAi.ts';
import { useAiLabels } from './useAiLabels.ts';
import { useAnnouncement } from './useAnnouncement.ts';

type Tab = 'knowledge' | 'ai' | 'protocol';

const WITH_AI: Tab[] = ['knowledge', 'ai', 'protocol'];
const WITHOUT_AI: Tab[] = ['knowledge', 'protocol', 'ai'];

type Props = { record: CaseRecord };

/** What each engine says of the case, side by side and never averaged; one at a time on a phone. */
export function Engines({ record }: Props) {
  const { t } = useTranslation();
  const analyses = useAnalyses(record.id);
  const run = useRunAnalysis(record.id);
  const items = analyses.data?.items ?? [];
  const ai = useAi(record, items);
  const announcement = useAnnouncement(ai);
  const knowledge = items.find(({ engine }) => engine === 'knowledge');
  const narrow = useMediaQuery('(max-width: 47.9375em)') ?? false;
  // What cannot wait is on every tab, and only once where all are seen.
  const beside = knowledge?.status === 'succeeded' && !knowledge.outdated && !narrow;
  useRefreshWith(record);
  const agreement = agreementOf(currentNames(knowledge), currentNames(ai.answered));
  const labels = useAiLabels(agreement, ai.answered);

  if (analyses.error) return <ErrorState error={analyses.error} retry={() => void analyses.refetch()} />;
  return (
    <div className={classes.engines}>
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
      {run.error && <ErrorState error={run.error} />}
      {agreement && <Agreement agreement={agreement} />}
      <EngineTabs
        narrow={narrow}
        order={ai.settings.data?.configured ? WITH_AI : WITHOUT_AI}
        busy={ai.progress !== null}
        panels={{
          knowledge: (
            <EnginePanel
              title={t('result.engine.knowledge')}
              analysis={knowledge}
              loading={analyses.isPending}
              running={run.isPending && run.variables.engine === 'knowledge'}
              onRun={() => run.mutate({ engine: 'knowledge' })}
              labels={labels.knowledge}
            />
          ),
          ai: <AiPanel record={record} ai={ai} beside={beside} labels={labels.ai} />,
          protocol: <ProtocolPanels record={record} analyses={items} run={run} beside={beside} />,
        }}
      />
    </div>
  );
}

/** A record that came with another change may bring a colleague's text along: whether answers are to it is asked anew. */
function useRefreshWith({ id, version }: CaseRecord): void {
  const client = useQueryClient();
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current === version) return;
    shown.current = version;
    void client.invalidateQueries({ queryKey: analysesKey(id) });
  }, [client, id, version]);
}

/** What was named of the case as it is now: answers to different texts are not compared. */
const currentNames = (analysis: Analysis | undefined) =>
  analysis && !analysis.outdated ? (analysis.result?.diagnoses ?? []) : [];

type TabsProps = { narrow: boolean; order: Tab[]; busy: boolean; panels: Record<Tab, ReactNode> };

/** Panels beside each other, or as tabs where there is room for one. */
function EngineTabs({ narrow, order, busy, panels }: TabsProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Tab>('knowledge');
  return (
    <>
      {narrow && (
        <Tabs
          id="engines"
          value={chosen}
          onChange={(value) => setChosen(order.find((tab) => tab === value) ?? 'knowledge')}
        >
          <Tabs.List aria-label={t('ai.tabs.label')} className={classes.tabs} grow>
            {order.map((tab) => (
              <Tabs.Tab
                key={tab}
                value={tab}
                rightSection={tab === 'ai' && busy ? <Loader size={14} aria-hidden /> : undefined}
              >
                {t(`ai.tabs.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <div className={classes.columns}>
        {order.map((tab) => (
          <div
            key={tab}
            className={classes.stack}
            data-engine={tab}
            {...(narrow && {
              id: `engines-panel-${tab}`,
              role: 'tabpanel',
              'aria-labelledby': `engines-tab-${tab}`,
              hidden: tab !== chosen,
            })}
          >
            {panels[tab]}
          </div>
        ))}
      </div>
    </>
  );
}
