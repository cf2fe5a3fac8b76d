/** The command as an operator runs it. */
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../test/harness.ts';
import { newId } from '../ids.ts';
import { sqliteDatabase } from '../seams/database/sqlite.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;

describe('mozarela rebuild', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const run = (...args: string[]) =>
    new Promise<{ code: number; stdout: string }>((resolve) => {
      const env = { PATH: process.env.PATH, MOZARELA_DATA_DIR: app.dataDir };
      execFile(process.execPath, [MAIN, 'rebuild', ...args], { env }, (error, stdout) =>
        resolve({ code: error ? Number(error.code) : 0, stdout }),
      );
    });

  it('only looks with --check, repairs without, beside the running program', async () => {
    const vet = await app.vet();
    const { body } = await vet.post<{ id: string }>('/api/cases', {
      species: 'cat',
      clinicalSigns: 'Secret words.',
    });
    expect(await run('--check')).toEqual({ code: 0, stdout: '1 cases of 1 clinics, 0 differences\n' });
    const database = sqliteDatabase(app.dataDir);
    await database.write(newId(), (trx) =>
      trx.updateTable('cases').set({ clinical_signs: 'Other words.' }).execute(),
    );
    await database.close();
    const checked = await run('--check');
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain(`cases ${body.id}: different`);
    expect(checked.stdout).not.toContain('words');
    expect((await run()).code).toBe(0);
    expect(await run('--check')).toMatchObject({ code: 0 });
    const { body: record } = await vet.get<{ clinicalSigns: string }>(`/api/cases/${body.id}`);
    expect(record.clinicalSigns).toBe('Secret words.');
    expect((await run('--chek')).code).toBe(1);
  }, 60_000);
});
