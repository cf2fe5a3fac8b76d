import { useDisclosure } from '@mantine/hooks';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useState } from 'react';
import { useAiSettings } from '../../../lib/aiSettings.ts';
import { useAskAi } from '../api/askAi.ts';
import { useAnalysisProgress } from '../api/useAnalysisProgress.ts';

type Agreed = { version: number; attachments: string[] };

/**
 * Asking a language model: consent first, then how far it is, then what it answered.
 * @param asked what was asked before, newest first
 * @param commentOn a protocol's analysis to comment on, in place of ranking the case
 */
export function useAiRequest(record: CaseRecord, asked: Analysis[], commentOn?: string) {
  const latest = asked[0];
  const ask = useAskAi(record.id, record.version);
  const [dialog, { open, close }] = useDisclosure(false);
  const [agreed, setAgreed] = useState<Agreed | null>(null);

  const showPayload = () => {
    ask.reset();
    open();
  };
  const send = (attachments: string[]) => {
    setAgreed({ version: record.version, attachments });
    ask.mutate({ attachments, commentOn }, { onSuccess: close });
  };
  return {
    record,
    commentOn,
    latest,
    /** The newest answer there is: a later request that failed does not hide it. */
    answered: asked.find(({ status }) => status === 'succeeded'),
    progress: useAnalysisProgress(latest),
    ask,
    dialog,
    showPayload,
    close,
    send,
    /** The same words to the same provider were agreed to on this page: no need to ask twice. */
    retry: () => (agreed?.version === record.version ? send(agreed.attachments) : showPayload()),
  };
}

export type Asking = ReturnType<typeof useAiRequest>;

/** Everything that the column of the language model shows and does. */
export function useAi(record: CaseRecord, analyses: Analysis[]) {
  const settings = useAiSettings();
  const asked = analyses.filter(({ engine, commentOn }) => engine === 'ai' && commentOn === null);
  return { settings, ...useAiRequest(record, asked) };
}

export type Ai = ReturnType<typeof useAi>;
