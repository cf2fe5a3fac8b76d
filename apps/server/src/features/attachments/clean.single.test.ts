import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Attachment } from '@mozarela/contract/attachments';
import type { CaseRecord } from '@mozarela/contract/cases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png } from '../../../test/files.ts';
import { type App, startApp, type Vet } from '../../../test/harness.ts';
import { parseConfig } from '../../config.ts';
import { type Container, createContainer } from '../../container.ts';
import { DAY_MS } from '../../lib/time.ts';
import { cleanOrphans } from './clean.ts';

describe('the clean-up of files', () => {
  let app: App;
  let vet: Vet;
  let container: Container;
  let passed = 0;

  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
    // A second process on the same data, with its own clock.
    const config = parseConfig({ MOZARELA_DATA_DIR: app.dataDir, LOG_LEVEL: 'silent' });
    container = await createContainer(config, { now: () => Date.now() + passed });
  });
  afterAll(async () => {
    await container.close();
    await app.close();
  });

  const newCase = async () =>
    (await vet.post<CaseRecord>('/api/cases', { species: 'cat', clinicalSigns: 'Cough.' })).body.id;
  const add = async (caseId: string) => {
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(png(1, 1))]), 'a.png');
    const { body } = await vet.post<{ items: Attachment[] }>(`/api/cases/${caseId}/attachments`, form);
    return body.items[0]!.id;
  };
  const there = async () => {
    const keys = [];
    for await (const { key } of container.blobs.list('attachments/')) keys.push(key.split('/').at(-1));
    return keys.sort();
  };

  it('removes what nobody can ask for any more, and nothing else', async () => {
    const [open, deleted] = [await newCase(), await newCase()];
    const [kept, removed, gone] = [await add(open), await add(open), await add(deleted)];
    await vet.delete(`/api/attachments/${removed}`);
    await vet.delete(`/api/cases/${deleted}`);
    const orphan = { contentType: 'image/png' };
    await container.blobs.put('attachments/none/orphan', Readable.from([png(1, 1)]), orphan);
    await container.blobs.put('elsewhere/orphan', Readable.from([png(1, 1)]), orphan);
    const unfinished = join(app.dataDir, 'blobs', 'unfinished', 'of-a-killed-process');
    await writeFile(unfinished, 'half');
    const all = [kept, removed, gone].sort();

    expect(await cleanOrphans(container)).toBe(0);
    expect(await there()).toEqual([...all, 'orphan']);
    passed = 2 * DAY_MS;
    expect(await cleanOrphans(container)).toBe(2);
    expect(existsSync(unfinished)).toBe(false);
    expect(await there()).toEqual(all);
    passed = 31 * DAY_MS;
    expect(await cleanOrphans(container)).toBe(2);
    expect(await there()).toEqual([kept]);
    expect(await container.blobs.get('elsewhere/orphan')).not.toBeNull();
  });
});
