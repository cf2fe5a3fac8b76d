import { VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { AnalysisResult } from '@mozarela/clinical/types';
import { useTranslation } from 'react-i18next';
import { percent } from '../../../lib/format.ts';

/** A screen reader hears the new order when the typing pauses, not at every letter. */
const QUIET_MS = 1200;

type Props = { result: AnalysisResult };

export function LiveSummary({ result }: Props) {
  const { t } = useTranslation();
  const flags = result.redFlags.map(({ title }) => title).join(', ');
  const list = result.diagnoses
    .slice(0, 3)
    .map(({ name, probability }) => (probability === null ? name : `${name} ${percent(probability)}`))
    .join(', ');
  const said = [
    flags && t('result.liveFlags', { count: result.redFlags.length, titles: flags }),
    list && t('result.live', { list }),
  ];
  const [quiet] = useDebouncedValue(said.filter(Boolean).join(' '), QUIET_MS);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {quiet}
    </VisuallyHidden>
  );
}
