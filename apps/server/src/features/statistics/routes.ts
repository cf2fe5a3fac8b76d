import { getStatistics } from '@mozarela/contract/statistics';
import { type Binding, bind } from '../../http/bind.ts';
import { DAY_MS } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import { COUNTERS } from './fold.ts';

const DEFAULT_DAYS = 30;

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The days of a clinic on which something happened, both ends included. */
const countedDays = (db: Executor, clinicId: string, from: string, to: string) =>
  db
    .selectFrom('case_statistics')
    .select(['day', 'species', ...COUNTERS])
    .where('clinic_id', '=', clinicId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('species')
    .execute();

export const statisticsRoutes = ({ database, now }: Ports): Binding[] => [
  bind(getStatistics, async ({ query, session }) => {
    const to = query.to ?? dayOf(query.from ? Math.max(now(), Date.parse(query.from)) : now());
    const from = query.from ?? dayOf(Date.parse(to) - (DEFAULT_DAYS - 1) * DAY_MS);
    const { clinicId } = session;
    const days = await countedDays(database.read(clinicId), clinicId, from, to);
    const total = { created: 0, signed: 0, deleted: 0, restored: 0, outcomes: 0 };
    for (const day of days) for (const counter of COUNTERS) total[counter] += day[counter];
    return { body: { from, to, days, total } };
  }),
];
