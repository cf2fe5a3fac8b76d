import { Anchor, NativeSelect, Text } from '@mantine/core';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { protocolsQuery } from '../../../lib/protocolsQuery.ts';
import type { useRunAnalysis } from '../api/runAnalysis.ts';
import { AiComment } from './AiComment.tsx';
import { EnginePanel } from './EnginePanel.tsx';

type Props = {
  record: CaseRecord;
  /** Of all engines, newest first. */
  analyses: Analysis[];
  run: ReturnType<typeof useRunAnalysis>;
  /** The answer of the built-in engine stands beside it. */
  beside: boolean;
};

/** The newest run of each protocol; runs come newest first. */
function newestByProtocol(analyses: Analysis[]): Analysis[] {
  const seen = new Set<string | null>();
  return analyses.filter(({ engine, protocolId }) => {
    if (engine !== 'protocol' || seen.has(protocolId)) return false;
    seen.add(protocolId);
    return true;
  });
}

/** What the clinic's protocols say, and a way to run another one. */
export function ProtocolPanels({ record, analyses, run, beside }: Props) {
  const { t } = useTranslation();
  const protocols = useQuery(protocolsQuery);
  const ran = newestByProtocol(analyses);
  const names = new Map(protocols.data?.items.map(({ id, name }) => [id, name]));
  const others =
    protocols.data?.items.filter(({ id }) => !ran.some(({ protocolId }) => protocolId === id)) ?? [];
  const running = (protocolId: string | null) =>
    run.isPending && run.variables.engine === 'protocol' && run.variables.protocolId === protocolId;
  return (
    <>
      {ran.map((analysis) => {
        const { protocolId } = analysis;
        const name = protocolId ? names.get(protocolId) : undefined;
        const again = () => protocolId && run.mutate({ engine: 'protocol', protocolId });
        return (
          <div key={analysis.id}>
            <EnginePanel
              title={name ?? t('cases.engines.deletedProtocol')}
              analysis={analysis}
              loading={false}
              running={running(protocolId)}
              onRun={name ? again : undefined}
              beside={beside}
            />
            {analysis.status === 'succeeded' && (
              <AiComment record={record} analyses={analyses} protocol={analysis} />
            )}
          </div>
        );
      })}
      <EnginePanel title={t('cases.engines.protocol')} analysis={undefined} loading={false} running={false}>
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
            onChange={(event) => run.mutate({ engine: 'protocol', protocolId: event.currentTarget.value })}
            data={[
              { value: '', label: t('cases.engines.chooseProtocol') },
              ...others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </EnginePanel>
    </>
  );
}
