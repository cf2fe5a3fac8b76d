import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import { ACCOUNTS, type Database } from '../../seams/database/port.ts';
import { sqliteDatabase } from '../../seams/database/sqlite.ts';
import { noticeOf } from '../../seams/events/contract.ts';
import { count } from './count.ts';

describe('counting', () => {
  let folder: string;
  let database: Database;
  const clinicId = newId();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mozarela-count-'));
    database = sqliteDatabase(folder);
    await database.migrate();
    await database.write(ACCOUNTS, (trx) =>
      trx.insertInto('clinics').values({ id: clinicId, name: 'Clinic', created_at: 0 }).execute(),
    );
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('counts each event once, however often, in whatever order it is told', async () => {
    const id = newId();
    const types = ['case.created', 'case.deleted', 'case.restored', 'case.deleted'];
    await database.write(clinicId, async (trx) => {
      for (const [index, type] of types.entries())
        await trx
          .insertInto('case_events')
          .values({
            case_id: id,
            seq: index + 1,
            clinic_id: clinicId,
            type,
            at: Date.UTC(2024, 0, 1),
            data: index === 0 ? '{"species":"cat"}' : '{}',
          })
          .execute();
    });
    for (const seq of [1, 1, 3, 2, 3, 1, 4, 4])
      await database.write(clinicId, (trx) => count(trx, { ...noticeOf(id, seq), clinicId }));
    const rows = await database
      .read(clinicId)
      .selectFrom('case_statistics')
      .selectAll()
      .where('clinic_id', '=', clinicId)
      .execute();
    expect(rows).toEqual([
      {
        clinic_id: clinicId,
        day: '2024-01-01',
        species: 'cat',
        created: 1,
        signed: 0,
        deleted: 2,
        restored: 1,
        outcomes: 0,
      },
    ]);
  });
});
