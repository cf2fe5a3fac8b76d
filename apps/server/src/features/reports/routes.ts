import { adminReports, adminSettleReport, createReport } from '@mozarela/contract/reports';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import { refuseIfFull } from '../../http/limits.ts';
import { newId } from '../../ids.ts';
import { HOUR_MS, iso } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS, type Executor } from '../../seams/database/port.ts';
import { findReport, listReports } from './queries.ts';

/** Enough for a reviewer who reads page after page, too few to flood an administrator. */
const AN_HOUR = 20;

/** What reports need of other features; handed over by api.ts. */
export type ReportSources = {
  audit(
    trx: Executor,
    entry: { actor: string; action: string; target: string | null; at: number },
  ): Promise<void>;
  findAnalysis(db: Executor, clinicId: string, id: string): Promise<unknown>;
  knowledgeVersion(): Promise<string>;
  knowsCondition(id: string): Promise<boolean>;
};

export function reportRoutes(ports: Ports, sources: ReportSources): Binding[] {
  const { database, limits, now } = ports;
  return [
    bind(createReport, async ({ body, session }) => {
      const { conditionId = null, analysisId = null, text } = body;
      if (conditionId && !(await sources.knowsCondition(conditionId)))
        throw new AppError('validation_failed', {
          errors: [{ path: 'conditionId', message: 'no such condition' }],
        });
      const db = database.read(session.clinicId);
      if (analysisId && !(await sources.findAnalysis(db, session.clinicId, analysisId)))
        throw new AppError('validation_failed', {
          errors: [{ path: 'analysisId', message: 'no such analysis' }],
        });
      const bucket = { key: `reports:{user:${session.userId}}`, max: AN_HOUR, windowMs: HOUR_MS };
      refuseIfFull(await limits.hit([bucket]));
      const at = now();
      const row = {
        id: newId(at),
        clinic_id: session.clinicId,
        user_id: session.userId,
        condition_id: conditionId,
        analysis_id: analysisId,
        text,
        knowledge_version: await sources.knowledgeVersion(),
        created_at: at,
      };
      await database.write(ACCOUNTS, (trx) => trx.insertInto('reports').values(row).execute());
      return { body: { id: row.id, createdAt: iso(at) } };
    }),
    bind(adminReports, async ({ query }) => ({ body: await listReports(database.read(ACCOUNTS), query) })),
    bind(adminSettleReport, {
      resource: async ({ params }) => {
        const found = await findReport(database.read(ACCOUNTS), params.id);
        if (!found) throw new AppError('not_found');
        return found;
      },
      handle: async ({ params, body, session }) => {
        const settled = await database.write(ACCOUNTS, async (trx) => {
          await trx
            .updateTable('reports')
            .set({ done_at: body.done ? now() : null, done_by: body.done ? session.userId : null })
            .where('id', '=', params.id)
            .execute();
          const action = body.done ? 'report.done' : 'report.reopened';
          await sources.audit(trx, { actor: session.userId, action, target: params.id, at: now() });
          return findReport(trx, params.id);
        });
        if (!settled) throw new AppError('not_found');
        return { body: settled };
      },
    }),
  ];
}
