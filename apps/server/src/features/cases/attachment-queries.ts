/** What is read of the files of cases. */
import type { Attachment } from '@mozarela/contract/attachments';
import { iso } from '../../lib/time.ts';
import type { Executor } from '../../seams/database/port.ts';

const select = (db: Executor) =>
  db
    .selectFrom('attachments')
    .innerJoin('users', 'users.id', 'attachments.created_by')
    .select([
      'attachments.id',
      'attachments.case_id',
      'attachments.name',
      'attachments.content_type',
      'attachments.size',
      'attachments.sha256',
      'attachments.blob_key',
      'attachments.width',
      'attachments.height',
      'attachments.created_by',
      'attachments.created_at',
      'users.full_name',
    ])
    .where('attachments.deleted_at', 'is', null);

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

const toAttachment = (row: Row): Attachment => ({
  id: row.id,
  name: row.name,
  contentType: row.content_type,
  size: row.size,
  sha256: row.sha256,
  width: row.width,
  height: row.height,
  createdBy: { id: row.created_by, fullName: row.full_name },
  createdAt: iso(row.created_at),
});

/** The files of a case, in the order they were added. */
export async function listAttachments(db: Executor, caseId: string): Promise<Attachment[]> {
  const rows = await select(db).where('attachments.case_id', '=', caseId).orderBy('attachments.id').execute();
  return rows.map(toAttachment);
}

export type StoredAttachment = Attachment & { caseId: string; blobKey: string };

/** A file of a case that is not deleted; null when the clinic has none by this id. */
export async function findAttachment(
  db: Executor,
  clinicId: string,
  id: string,
): Promise<StoredAttachment | null> {
  const row = await select(db)
    .innerJoin('cases', 'cases.id', 'attachments.case_id')
    .where('attachments.id', '=', id)
    .where('attachments.clinic_id', '=', clinicId)
    .where('cases.deleted_at', 'is', null)
    .executeTakeFirst();
  return row ? { ...toAttachment(row), caseId: row.case_id, blobKey: row.blob_key } : null;
}
