/** Whether what was asked for besides the case can be sent at all; told before anything is queued. */
import type { CaseRecord } from '@mozarela/contract/cases';
import { AppError } from '../../http/errors.ts';
import type { Executor } from '../../seams/database/port.ts';
import { sendable } from './attachments.ts';
import type { AiSources, Asked } from './prepare.ts';

const invalid = (path: string, message: string) =>
  new AppError('validation_failed', { errors: [{ path, message }] });

/** @throws AppError validation_failed naming the path */
export function requireConsent(consent: boolean, consentAttachments: boolean, { attachments }: Asked): void {
  if (!consent) throw invalid('consent', 'must be true: the redacted case leaves for the AI provider');
  if (attachments.length > 0 && !consentAttachments)
    throw invalid('consentAttachments', 'must be true: the named files leave for the AI provider');
}

/** @throws AppError validation_failed naming the path of a file or an analysis that is none of this case */
export async function requireAsked(
  sources: Pick<AiSources, 'findAnalysis'>,
  db: Executor,
  clinicId: string,
  record: CaseRecord,
  { attachments, commentOn }: Asked,
): Promise<void> {
  for (const [index, id] of attachments.entries()) {
    const path = `attachments.${index}`;
    const file = record.attachments.find((attachment) => attachment.id === id);
    if (!file) throw invalid(path, 'is no file of this case');
    if (attachments.indexOf(id) !== index) throw invalid(path, 'is named twice');
  }
  if (commentOn === null) return;
  if (attachments.length > 0) throw invalid('attachments', 'do not go with a comment');
  const found = await sources.findAnalysis(db, clinicId, commentOn);
  const isProtocol = found?.caseId === record.id && found.engine === 'protocol' && found.result !== null;
  if (!isProtocol) throw invalid('commentOn', 'must be a finished analysis of this case by a protocol');
}

/** @throws AppError validation_failed naming the path of a file that cannot leave */
export function requireSendable(record: CaseRecord, { attachments }: Asked): void {
  for (const [index, id] of attachments.entries()) {
    const file = record.attachments.find((attachment) => attachment.id === id);
    const kind = file && sendable(file);
    if (kind?.sends === 'nothing') throw invalid(`attachments.${index}`, kind.reason);
  }
}
