/** Reports of wrong or dangerous content. Their text may hold something of a case: it is shown, never logged. */
import { byId, pageOf } from '../../lib/page.ts';
import { iso } from '../../lib/time.ts';
import type { Executor } from '../../seams/database/port.ts';

function selectReports(db: Executor) {
  return db
    .selectFrom('reports')
    .innerJoin('users as author', 'author.id', 'reports.user_id')
    .innerJoin('clinics', 'clinics.id', 'reports.clinic_id')
    .leftJoin('users as settler', 'settler.id', 'reports.done_by')
    .select([
      'reports.id',
      'reports.condition_id',
      'reports.analysis_id',
      'reports.text',
      'reports.knowledge_version',
      'reports.created_at',
      'reports.user_id',
      'author.full_name as author_name',
      'reports.clinic_id',
      'clinics.name as clinic_name',
      'reports.done_at',
      'reports.done_by',
      'settler.full_name as settler_name',
    ]);
}

type ReportRow = Awaited<ReturnType<ReturnType<typeof selectReports>['execute']>>[number];

const toReport = (row: ReportRow) => ({
  id: row.id,
  conditionId: row.condition_id,
  analysisId: row.analysis_id,
  text: row.text,
  knowledgeVersion: row.knowledge_version,
  createdAt: iso(row.created_at),
  createdBy: { id: row.user_id, fullName: row.author_name },
  clinic: { id: row.clinic_id, name: row.clinic_name },
  done:
    row.done_at === null || row.done_by === null
      ? null
      : { at: iso(row.done_at), by: { id: row.done_by, fullName: row.settler_name ?? '' } },
});

/** Newest first; those still open, or those that an administrator settled. */
export async function listReports(
  db: Executor,
  { status, limit, cursor }: { status: 'open' | 'done'; limit: number; cursor?: string },
) {
  let query = selectReports(db)
    .where('reports.done_at', status === 'open' ? 'is' : 'is not', null)
    .orderBy('reports.id', 'desc')
    .limit(limit + 1);
  if (cursor) query = query.where('reports.id', '<', cursor);
  return pageOf(await query.execute(), limit, toReport, byId);
}

export async function findReport(db: Executor, id: string) {
  const row = await selectReports(db).where('reports.id', '=', id).executeTakeFirst();
  return row ? toReport(row) : null;
}
