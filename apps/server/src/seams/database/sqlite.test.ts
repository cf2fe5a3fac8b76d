import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { databaseContract } from './contract.ts';
import { sqliteDatabase } from './sqlite.ts';

const directory = mkdtempSync(join(tmpdir(), 'mozarela-'));
afterAll(() => rmSync(directory, { recursive: true }));

databaseContract('sqlite', async () => sqliteDatabase(directory));
