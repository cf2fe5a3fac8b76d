import { adminDropJob, adminQueue, adminRetryJob } from '@mozarela/contract/admin';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import { isoOrNull } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS, type Executor } from '../../seams/database/port.ts';
import { dropJob, findDead, listDead, reviveJob } from './dead.ts';
import { queueHealth } from './health.ts';
import { dispatch } from './service.ts';
import { carriedOf } from './table.ts';
import { timingOf } from './timing.ts';

/** What administration of jobs does through other features; handed over by api.ts. */
export type JobSources = {
  audit(
    trx: Executor,
    entry: { actor: string; action: string; target: string; at: number; data: Record<string, unknown> },
  ): Promise<void>;
  /** Whose last completion is shown. */
  types: string[];
};

export function jobRoutes(ports: Ports, { audit, types }: JobSources): Binding[] {
  const { database, now } = ports;
  const { resendMs } = timingOf(ports.config.work);
  const deadJob = async ({ params }: { params: { id: string } }) => {
    const type = await findDead(database.read(ACCOUNTS), params.id);
    if (type === null) throw new AppError('not_found');
    return type;
  };
  return [
    bind(adminQueue, async ({ query }) => {
      const db = database.read(ACCOUNTS);
      const { lastDone, ...health } = await queueHealth(db, now(), types);
      const done = lastDone.map(({ type, at }) => ({ type, at: isoOrNull(at) }));
      return { body: { ...health, lastDone: done, ...(await listDead(db, query)) } };
    }),
    bind(adminRetryJob, {
      resource: deadJob,
      handle: async ({ params, session, resource: type }) => {
        const at = now();
        const row = await database.write(ACCOUNTS, async (trx) => {
          const revived = await reviveJob(trx, params.id, { now: at, resendMs });
          if (!revived) throw new AppError('not_found');
          const actor = session.userId;
          await audit(trx, { actor, action: 'job.retried', target: params.id, at, data: { type } });
          return revived;
        });
        await dispatch(ports, [carriedOf(row, at)]);
        return {};
      },
    }),
    bind(adminDropJob, {
      resource: deadJob,
      handle: async ({ params, session, resource: type }) => {
        await database.write(ACCOUNTS, async (trx) => {
          if (!(await dropJob(trx, params.id))) throw new AppError('not_found');
          const entry = { actor: session.userId, target: params.id, at: now(), data: { type } };
          await audit(trx, { ...entry, action: 'job.dropped' });
        });
        return {};
      },
    }),
  ];
}
