import { type Attachment, addAttachments, MAX_FILE_BYTES } from '@mozarela/contract/attachments';
import type { CaseRecord } from '@mozarela/contract/cases';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../lib/apiError.ts';
import { caseQuery } from '../../../lib/caseQuery.ts';
import { idempotencyKey as newKey } from '../../../lib/idempotencyKey.ts';
import { uploadFile } from '../../../lib/upload.ts';
import { useErrorText } from '../../../lib/useErrorText.ts';

export type Upload = {
  key: string;
  file: File;
  /** 0 to 1 */
  done: number;
  state: 'waiting' | 'sending' | 'failed';
  /** Why it failed, in plain words. */
  reason: string | null;
  /** Whether trying again can help. */
  again: boolean;
};

/** Shows a new file at once; the case's new version follows. */
function show(client: QueryClient, caseId: string, added: Attachment[]): void {
  client.setQueryData<CaseRecord>(
    caseQuery(caseId).queryKey,
    (record) => record && { ...record, attachments: [...record.attachments, ...added] },
  );
}

/** Sends files one after the other, so that a slow line finishes the first before it begins the second. */
export function useUploads(caseId: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  const line = useRef(Promise.resolve());

  const change = (key: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));

  /** The server's own words for a refused file; ours for everything else. */
  const reasonOf = (error: unknown) => {
    if (!(error instanceof ApiError)) return errorText(error);
    return error.fields['files.0'] ?? error.fields.files ?? errorText(error);
  };

  async function send({ key, file }: Upload): Promise<void> {
    const abort = aborts.current.get(key);
    if (!abort || abort.signal.aborted) return;
    change(key, { state: 'sending', reason: null });
    try {
      const { items } = await uploadFile(addAttachments, {
        params: { id: caseId },
        file,
        idempotencyKey: key,
        onProgress: (done) => change(key, { done }),
        signal: abort.signal,
      });
      show(client, caseId, items);
      drop(key);
    } catch (error) {
      const refused = error instanceof ApiError && [413, 415, 422, 423, 404].includes(error.status);
      if (!abort.signal.aborted) change(key, { state: 'failed', reason: reasonOf(error), again: !refused });
    }
  }

  function queue(upload: Upload): void {
    aborts.current.set(upload.key, new AbortController());
    line.current = line.current
      .then(() => send(upload))
      .then(async () => {
        void client.invalidateQueries({ queryKey: ['cases', 'events', caseId] });
        await client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
      });
  }

  const problemOf = (file: File, tooMany: boolean) => {
    if (tooMany) return t('cases.files.tooMany');
    if (file.size > MAX_FILE_BYTES) return t('cases.files.tooLarge');
    return file.size === 0 ? t('cases.files.empty') : null;
  };

  return {
    uploads,
    /** @param room how many files the case can still take */
    add(files: File[], room: number) {
      const open = uploads.filter(({ state }) => state !== 'failed').length;
      const added = files.map((file, index): Upload => {
        const reason = problemOf(file, index + open >= room);
        const state = reason ? 'failed' : 'waiting';
        return { key: newKey(), file, done: 0, state, reason, again: false };
      });
      setUploads((all) => [...all, ...added]);
      for (const upload of added) if (upload.state === 'waiting') queue(upload);
    },
    retry(upload: Upload) {
      change(upload.key, { state: 'waiting', done: 0, reason: null });
      queue(upload);
    },
    remove(key: string) {
      aborts.current.get(key)?.abort();
      drop(key);
    },
  };
}
