import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ai } from './useAi.ts';
import { useStage } from './useStage.ts';

/** What a screen reader is told about a request while this page is open; nothing of requests that ended before. */
export function useAnnouncement({ latest, progress }: Ai): string {
  const { t } = useTranslation();
  const stage = useStage(progress);
  const [seen, setSeen] = useState<string | null>(null);
  const runningId = progress ? latest?.id : undefined;

  useEffect(() => {
    if (runningId) setSeen(runningId);
  }, [runningId]);

  if (stage) return stage;
  if (!latest || latest.id !== seen) return '';
  const { status } = latest;
  return status === 'queued' || status === 'running' ? '' : t(`ai.announce.${status}`);
}
