/** Analyses that wait for an answer which another one is asking for: noted in their rows, woken when it is there. */
import type { Ports } from '../../ports.ts';
import { JobError } from '../../seams/queue/job.ts';

/** The other's worker may have ended: then somebody looks after this long by himself. */
const LOOK_MS = 4000;
const MOST_WOKEN = 500;

/** Notes the wait. @throws never; the caller then throws `waitLonger()` unless the answer came meanwhile */
export async function noteWait({ database }: Ports, clinicId: string, analysisId: string, key: string) {
  await database.write(clinicId, (trx) =>
    trx.updateTable('analyses').set({ waits_for: key }).where('id', '=', analysisId).execute(),
  );
}

export const waitLonger = (): JobError =>
  new JobError('the same case is being asked', { next: 'later', delayMs: LOOK_MS * (1 + Math.random()) });

/** Lets everybody who waits for this answer look now. */
export async function wake(
  { database, jobs }: Ports,
  clinicId: string,
  key: string,
  jobKeyOf: (analysisId: string) => string,
): Promise<void> {
  const waiting = await database.write(clinicId, (trx) =>
    trx
      .selectFrom('analyses')
      .select('id')
      .where('status', '=', 'running')
      .where('engine', '=', 'ai')
      .where('waits_for', '=', key)
      .limit(MOST_WOKEN)
      .execute(),
  );
  if (waiting.length === 0) return;
  await jobs.write(clinicId, async (_trx, { hasten }) => {
    for (const { id } of waiting) await hasten(jobKeyOf(id));
  });
}
