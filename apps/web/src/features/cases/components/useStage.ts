import { CHECKING_FROM, MOST_POSITION } from '@mozarela/contract/analyses';
import { useTranslation } from 'react-i18next';
import '../../../i18n/ai.ts';
import type { useAnalysisProgress } from '../api/useAnalysisProgress.ts';

export type Progressing = NonNullable<ReturnType<typeof useAnalysisProgress>>;

/** Percent from which the model is being asked. */
const ASKED = 20;

/** Where an analysis is, in words. */
export function useStage(progress: Progressing | null): string {
  const { t } = useTranslation();
  if (!progress) return '';
  if (progress.status === 'queued') {
    const before = (progress.position ?? 0) - 1;
    if (before < 0) return t('ai.progress.queued');
    if (before + 1 >= MOST_POSITION) return t('ai.progress.far', { place: MOST_POSITION });
    return before === 0 ? t('ai.progress.next') : t('ai.progress.position', { count: before });
  }
  if (progress.progress < ASKED) return t('ai.progress.preparing');
  return t(progress.progress < CHECKING_FROM ? 'ai.progress.asking' : 'ai.progress.checking');
}
