import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { plansSuite } from '../test/plans-suite.ts';
import { sqliteDatabase } from './seams/database/sqlite.ts';

const directory = mkdtempSync(join(tmpdir(), 'mozarela-plans-'));
afterAll(() => rmSync(directory, { recursive: true }));

plansSuite('sqlite', { open: async () => sqliteDatabase(directory), explain: 'explain query plan' });
