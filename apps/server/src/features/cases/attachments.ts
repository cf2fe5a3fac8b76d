/** Files of a case, as events of its record. Their bytes are another feature's. */
import type { Attachment } from '@mozarela/contract/attachments';
import { AppError } from '../../http/errors.ts';
import type { Executor } from '../../seams/database/port.ts';
import { listAttachments } from './attachment-queries.ts';
import { type AttachmentFile, append } from './events.ts';
import { type CaseState, caseState } from './queries.ts';
import type { Actor } from './service.ts';

async function openCase(trx: Executor, { clinicId }: Actor, caseId: string): Promise<CaseState> {
  const state = await caseState(trx, clinicId, caseId);
  if (!state || state.deletedAt !== null) throw new AppError('not_found');
  if (state.status === 'signed') throw new AppError('record_signed');
  return state;
}

/** Adds files to an open case. @throws AppError not_found, record_signed, or validation_failed over `max` files */
export async function recordAttachments(
  trx: Executor,
  actor: Actor,
  caseId: string,
  files: AttachmentFile[],
  { at, max }: { at: number; max: number },
): Promise<Attachment[]> {
  const { version } = await openCase(trx, actor, caseId);
  const { count } = await trx
    .selectFrom('attachments')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('case_id', '=', caseId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) + files.length > max)
    throw new AppError('validation_failed', {
      errors: [{ path: 'files', message: `A case takes ${max} files; this one has ${count}.` }],
    });
  for (const [index, data] of files.entries())
    await append(trx, {
      type: 'attachment.added',
      caseId,
      clinicId: actor.clinicId,
      seq: version + 1 + index,
      actor: actor.userId,
      at,
      data,
    });
  const added = new Set(files.map(({ id }) => id));
  return (await listAttachments(trx, caseId)).filter(({ id }) => added.has(id));
}

/** Removes a file from an open case. @throws AppError not_found or record_signed */
export async function recordRemoval(
  trx: Executor,
  actor: Actor,
  caseId: string,
  id: string,
  at: number,
): Promise<void> {
  const { version } = await openCase(trx, actor, caseId);
  const there = await trx
    .selectFrom('attachments')
    .select('id')
    .where('id', '=', id)
    .where('case_id', '=', caseId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!there) throw new AppError('not_found');
  await append(trx, {
    type: 'attachment.removed',
    caseId,
    clinicId: actor.clinicId,
    seq: version + 1,
    actor: actor.userId,
    at,
    data: { id },
  });
}
