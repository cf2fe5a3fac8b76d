import type { CaseRecord } from '@mozarela/contract/cases';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { caseQuery } from '../../../lib/caseQuery.ts';

/** A burst of changes refreshes the lists once. */
const GATHER_MS = 400;

/** After an answer that was an error, as while the server restarts. */
const AGAIN_AFTER_MS = 5000;

type Change = { caseId: string; seq: number };

/** Whether what is shown of a case is older than the change. Own changes are shown before the server tells them. */
function isNews(client: QueryClient, { caseId, seq }: Change): boolean {
  const shown = client.getQueryData<CaseRecord>(caseQuery(caseId).queryKey);
  return shown === undefined || shown.version < seq;
}

/** Opens the stream of changes. @returns how to end it */
function follow(client: QueryClient, onEnd: () => void): () => void {
  const source = new EventSource('/api/events');
  let timer: number | undefined;
  // A browser comes back by itself when the line breaks, not when the answer was an error.
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) onEnd();
  });
  const refreshLists = () => {
    timer ??= window.setTimeout(() => {
      timer = undefined;
      void client.invalidateQueries({ queryKey: ['cases', 'list'] });
    }, GATHER_MS);
  };
  source.addEventListener('case', ({ data }: MessageEvent<string>) => {
    const change = JSON.parse(data) as Change;
    if (!isNews(client, change)) return;
    void client.invalidateQueries({ queryKey: caseQuery(change.caseId).queryKey });
    void client.invalidateQueries({ queryKey: ['cases', 'events', change.caseId] });
    refreshLists();
  });
  source.addEventListener('reset', () => void client.invalidateQueries({ queryKey: ['cases'] }));
  return () => {
    window.clearTimeout(timer);
    source.close();
  };
}

/**
 * Refreshes lists and open cases when a colleague changes them. Only while the page is seen: a browser has few
 * connections to a server, and many tabs would take them all.
 */
export function useFollowCases(): void {
  const client = useQueryClient();
  useEffect(() => {
    let end: (() => void) | null = null;
    let again: number | undefined;
    let away = false;
    const close = () => {
      away = true;
      window.clearTimeout(again);
      end?.();
      end = null;
    };
    const update = () => {
      if (document.visibilityState !== 'visible') return close();
      // What happened meanwhile was told to nobody here.
      if (away) void client.invalidateQueries({ queryKey: ['cases'] });
      away = false;
      end ??= follow(client, () => {
        close();
        again = window.setTimeout(update, AGAIN_AFTER_MS);
      });
    };
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      close();
    };
  }, [client]);
}
