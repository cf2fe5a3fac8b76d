import { useTranslation } from 'react-i18next';
import '../../../i18n/ai.ts';
import type { useAnalysisProgress } from '../api/useAnalysisProgress.ts';

export type Progressing = NonNullable<ReturnType<typeof useAnalysisProgress>>;

/** Percent from which the model is being asked, and from which its answer is being checked. */
const ASKED = 20;
const ANSWERED = 80;

/** Where an analysis is, in words. */
export function useStage(progress: Progressing | null): string {
  const { t } = useTranslation();
  if (!progress) return '';
  if (progress.status === 'queued') {
    if (typeof progress.position !== 'number') return t('ai.progress.queued');
    return progress.position === 0
      ? t('ai.progress.next')
      : t('ai.progress.position', { count: progress.position });
  }
  if (progress.progress < ASKED) return t('ai.progress.preparing');
  return t(progress.progress < ANSWERED ? 'ai.progress.asking' : 'ai.progress.checking');
}
