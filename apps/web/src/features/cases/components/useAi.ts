import { useDisclosure } from '@mantine/hooks';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useState } from 'react';
import { useAiSettings } from '../../../lib/aiSettings.ts';
import { useAskAi } from '../api/askAi.ts';
import { useAnalysisProgress } from '../api/useAnalysisProgress.ts';

/** Everything that the column of the language model shows and does. */
export function useAi(record: CaseRecord, analyses: Analysis[]) {
  const settings = useAiSettings();
  const asked = analyses.filter(({ engine, commentOn }) => engine === 'ai' && commentOn === null);
  const latest = asked[0];
  const progress = useAnalysisProgress(latest);
  const ask = useAskAi(record.id);
  const [dialog, { open, close }] = useDisclosure(false);
  const [agreedTo, setAgreedTo] = useState<number | null>(null);

  const showPayload = () => {
    ask.reset();
    open();
  };
  const send = () => {
    setAgreedTo(record.version);
    ask.mutate(undefined, { onSuccess: close });
  };
  return {
    settings,
    latest,
    /** The newest answer there is: a later request that failed does not hide it. */
    answered: asked.find(({ status }) => status === 'succeeded'),
    progress,
    ask,
    dialog,
    showPayload,
    close,
    send,
    /** The same words to the same provider were agreed to on this page: no need to ask twice. */
    retry: () => (agreedTo === record.version ? send() : showPayload()),
  };
}

export type Ai = ReturnType<typeof useAi>;
