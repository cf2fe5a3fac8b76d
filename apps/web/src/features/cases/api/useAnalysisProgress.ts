import { type Analysis, type AnalysisEvent, analysisEvents, getAnalysis } from '@mozarela/contract/analyses';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { hasCode } from '../../../lib/apiError.ts';
import { call, urlOf } from '../../../lib/call.ts';
import { putAnalysis } from './listAnalyses.ts';

/** How far an analysis is; its place in the queue is told by the stream only. */
type AnalysisProgress = Pick<Analysis, 'status' | 'progress'> & Partial<Pick<AnalysisEvent, 'position'>>;

/** A stream tells its first state at once. One that is silent for so long is held back by something on the way. */
const SILENT_MS = 5000;
const POLL_MS = 2500;

const isFinal = ({ status }: Pick<Analysis, 'status'>) =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled';

type Followed = { id: string; state: AnalysisProgress };

/**
 * Follows an analysis that is not finished: by its event stream, which a browser takes up again by itself, and by
 * looking every few seconds while that one is down. Its end puts the whole analysis among those of the case.
 * @returns null when there is nothing to follow
 */
export function useAnalysisProgress(analysis: Analysis | undefined) {
  const client = useQueryClient();
  const [followed, setFollowed] = useState<Followed | null>(null);
  const [lost, setLost] = useState(false);
  const id = analysis && !isFinal(analysis) ? analysis.id : null;

  useEffect(() => {
    if (!id) return;
    const source = new EventSource(urlOf(analysisEvents, { params: { id } }));
    const silence = window.setTimeout(() => setLost(true), SILENT_MS);
    source.addEventListener('status', ({ data }: MessageEvent<string>) => {
      const state = JSON.parse(data) as AnalysisEvent;
      window.clearTimeout(silence);
      setLost(false);
      setFollowed({ id, state });
      if (isFinal(state)) source.close();
    });
    source.addEventListener('error', () => setLost(true));
    return () => {
      window.clearTimeout(silence);
      source.close();
      setLost(false);
    };
  }, [id]);

  const state: AnalysisProgress | undefined = followed?.id === id ? followed.state : analysis;

  useQuery({
    queryKey: ['cases', 'analysis', id],
    queryFn: async ({ signal }) => {
      const found = await call(getAnalysis, { params: { id: id ?? '' }, signal });
      // A replica may be behind what the stream has told already.
      setFollowed((before) =>
        before?.id === found.id && isFinal(before.state) ? before : { id: found.id, state: found },
      );
      if (isFinal(found)) putAnalysis(client, found);
      return found;
    },
    enabled: id !== null && state !== undefined && (lost || isFinal(state)),
    refetchInterval: (query) => (hasCode(query.state.error, 'not_found') ? false : POLL_MS),
    gcTime: 0,
  });

  if (!id || !state) return null;
  const { status, progress, position } = state;
  return { status, progress, position, lost };
}
