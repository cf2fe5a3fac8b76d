/** Files of a case, as events of its record. Their bytes are another feature's. */
import type { Attachment } from '@mozarela/contract/attachments';
import { AppError } from '../../http/errors.ts';
import { type IdempotencyClaim, once } from '../../http/once.ts';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import { listAttachments } from './attachment-queries.ts';
import { type AttachmentFile, announce, append, type CaseEvent } from './events.ts';
import { type CaseState, caseState } from './queries.ts';
import type { Actor } from './service.ts';

async function openCase(trx: Executor, { clinicId }: Actor, caseId: string): Promise<CaseState> {
  const state = await caseState(trx, clinicId, caseId);
  if (!state || state.deletedAt !== null) throw new AppError('not_found');
  if (state.status === 'signed') throw new AppError('record_signed');
  return state;
}

async function requireRoom(trx: Executor, caseId: string, added: number, max: number): Promise<void> {
  const { count } = await trx
    .selectFrom('attachments')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('case_id', '=', caseId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) + added > max)
    throw new AppError('validation_failed', {
      errors: [{ path: 'files', message: `A case takes ${max} files; this one has ${count}.` }],
    });
}

/**
 * Adds files to an open case.
 * @param claim of the request; a repeated one gets its first answer, which names other files
 * @throws AppError not_found, record_signed, or validation_failed over `max` files a case
 */
export async function recordAttachments(
  ports: Ports,
  actor: Actor,
  caseId: string,
  files: AttachmentFile[],
  { max, claim }: { max: number; claim: IdempotencyClaim | null },
): Promise<Attachment[]> {
  const { clinicId, userId } = actor;
  const at = ports.now();
  let last: CaseEvent | null = null;
  const added = await ports.database.write(clinicId, (trx) =>
    once(trx, claim, at, async () => {
      const { version } = await openCase(trx, actor, caseId);
      await requireRoom(trx, caseId, files.length, max);
      for (const [index, data] of files.entries()) {
        last = {
          type: 'attachment.added',
          caseId,
          clinicId,
          seq: version + 1 + index,
          actor: userId,
          at,
          data,
        };
        await append(trx, last);
      }
      const ids = new Set(files.map(({ id }) => id));
      return (await listAttachments(trx, caseId)).filter(({ id }) => ids.has(id));
    }),
  );
  if (last) announce(ports, last);
  return added;
}

/** Removes a file from an open case. @throws AppError not_found or record_signed */
export async function recordRemoval(ports: Ports, actor: Actor, caseId: string, id: string): Promise<void> {
  const { clinicId, userId } = actor;
  const event = await ports.database.write(clinicId, async (trx) => {
    const { version } = await openCase(trx, actor, caseId);
    if (!(await listAttachments(trx, caseId)).some((file) => file.id === id)) throw new AppError('not_found');
    const removed: CaseEvent = {
      type: 'attachment.removed',
      caseId,
      clinicId,
      seq: version + 1,
      actor: userId,
      at: ports.now(),
      data: { id },
    };
    await append(trx, removed);
    return removed;
  });
  announce(ports, event);
}
