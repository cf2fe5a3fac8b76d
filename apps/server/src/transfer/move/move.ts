/**
 * An installation on SQLite into PostgreSQL, and its files into another store. It can be killed at any moment and
 * started again; nothing is written to the source.
 */
import type { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import type { Database } from '../../seams/database/port.ts';
import { fingerprint } from '../read-only.ts';
import {
  type BlobResult,
  type BlobSides,
  copyBlobs,
  finishBlobs,
  inspectBlobs,
  verifyBlobs,
} from './blobs.ts';
import {
  claimTarget,
  finishTarget,
  inspectTarget,
  openInstallation,
  requireSound,
  type TargetState,
} from './checks.ts';
import {
  copyTable,
  inspectTable,
  removeExtras,
  repairTable,
  type Sides,
  type TableResult,
  verifyTable,
} from './copy.ts';
import { MOVE, prepareProgress } from './progress.ts';
import type { BatchSize } from './rows.ts';
import { buildSearch, resetSearch } from './search.ts';
import { DERIVED, type Table, tablesOf } from './tables.ts';

export type MoveOptions = {
  dataDir: string;
  target: Database;
  /** Null: files stay where they are. */
  blobs: BlobSides | null;
  dryRun: boolean;
  now: () => number;
  progress(step: string, done: number): void;
  /** For tests: smaller batches than usual. */
  batch?: BatchSize;
};

export type MoveReport = {
  dryRun: boolean;
  source: string;
  /** What the target was before. */
  target: TargetState;
  /** Somebody wrote to the source meanwhile. */
  sourceChanged: boolean;
  tables: (Pick<TableResult, 'table' | 'rows' | 'checksum'> & Partial<TableResult>)[];
  /** Tables that are made anew, with the reason. */
  derived: Record<string, string>;
  /** Cases that can be found, and search entries; null when nothing was compared. */
  search: { cases: number; entries: number } | null;
  blobs: (Pick<BlobResult, 'files' | 'bytes'> & Partial<BlobResult>) | null;
  /** True when every row and file is the same on both sides. */
  equal: boolean;
};

type Run = MoveOptions & { sides: Sides; tables: Table[]; state: TargetState };

async function moveRows({ sides, tables, state, batch, now, progress, target }: Run): Promise<void> {
  const resumed = state === 'begun';
  let changed = 0;
  for (const table of tables) {
    const report = (rows: number) => progress(table.name, rows);
    await copyTable(sides, table, { size: batch, now, progress: report });
    // What an earlier run copied may have changed since.
    if (resumed) changed += await repairTable(sides, table, batch);
  }
  if (resumed) for (const table of tables.toReversed()) changed += await removeExtras(sides, table);
  if (changed > 0) await resetSearch(target, now());
  await buildSearch(target, { now, progress: (cases) => progress('search index', cases) });
}

async function searchCounts(target: Database): Promise<{ cases: number; entries: number }> {
  const { rows } = await sql<{ cases: number; entries: number }>`select
    (select count(*) from cases where deleted_at is null) as cases,
    (select count(*) from case_search) as entries`.execute(target.read(MOVE));
  return { cases: Number(rows[0]?.cases), entries: Number(rows[0]?.entries) };
}

async function compare(run: Run): Promise<Pick<MoveReport, 'tables' | 'search' | 'blobs' | 'equal'>> {
  const tables: TableResult[] = [];
  for (const table of run.tables) {
    run.progress(`comparing ${table.name}`, 0);
    tables.push(await verifyTable(run.sides, table, run.batch));
  }
  const search = await searchCounts(run.target);
  const blobs = run.blobs && (await verifyBlobs(run.blobs));
  const equal =
    tables.every((table) => table.equal) && search.cases === search.entries && (blobs?.equal ?? true);
  return { tables, search, blobs, equal };
}

async function inspect(run: Run): Promise<Pick<MoveReport, 'tables' | 'search' | 'blobs' | 'equal'>> {
  const blobs = run.blobs && (await inspectBlobs(run.blobs.source));
  if (run.blobs) await run.blobs.target.ping();
  const tables = run.tables.map((table) => inspectTable(run.sides.source, table));
  return { tables, search: null, blobs, equal: false };
}

async function work(run: Run): Promise<Pick<MoveReport, 'tables' | 'search' | 'blobs' | 'equal'>> {
  if (run.dryRun) return inspect(run);
  const { target, sides, blobs, now, progress } = run;
  if (run.state !== 'finished') {
    await target.migrate();
    await prepareProgress(target);
    await claimTarget(sides.source, target, now());
    await moveRows(run);
  }
  // Also into a target whose rows are there: a file never changes, and its key is no other's.
  if (blobs) await copyBlobs(blobs, target, { now, progress: (files) => progress('files', files) });
  return compare(run);
}

/**
 * Moves, or with `dryRun` counts and checks without writing. A target that a move has finished is only compared.
 * @throws MoveError when nothing can be moved, with the reason
 */
export async function moveInstallation(options: MoveOptions): Promise<MoveReport> {
  const { db, file } = openInstallation(options.dataDir);
  try {
    const before = fingerprint(file);
    const tables = tablesOf(db);
    requireSound(db, tables);
    const sides = { source: db, target: options.target };
    const state = await inspectTarget(db, options.target, tables);
    const result = await work({ ...options, sides, tables, state });
    const sourceChanged = fingerprint(file) !== before;
    if (result.blobs?.equal && !sourceChanged) await finishBlobs(options.target, options.now());
    if (result.equal && !sourceChanged && state !== 'finished')
      await finishTarget(options.target, options.now());
    return {
      dryRun: options.dryRun,
      source: file,
      target: state,
      sourceChanged,
      derived: Object.fromEntries(DERIVED),
      ...result,
    };
  } finally {
    closeQuietly(db);
  }
}

const closeQuietly = (db: DatabaseSync) => {
  if (db.isOpen) db.close();
};
