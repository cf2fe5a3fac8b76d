/** A clinic's protocols: checked on upload, versioned, never silently repaired. */
import { type KeywordDoubts, parseProtocol } from '@mozarela/clinical/protocol/parse';
import type { ParsedProtocol } from '@mozarela/clinical/protocol/types';
import type {
  Protocol,
  ProtocolSummary,
  ProtocolVersion,
  ProtocolVersionText,
  Validation,
} from '@mozarela/contract/protocols';
import { AppError } from '../../http/errors.ts';
import { newId } from '../../ids.ts';
import { iso } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';

/** What a check of keywords needs of the engine; the composition wires it. */
export type ProtocolSources = { keywordDoubts(): Promise<KeywordDoubts> };

type Actor = { userId: string; clinicId: string };

const PREVIEW_ROWS = 20;
const ISSUES_SHOWN = 200;

/** The check of an upload, as the client shows it. */
export async function validate(sources: ProtocolSources, csv: string): Promise<Validation> {
  const parsed = parseProtocol(csv, await sources.keywordDoubts());
  return {
    valid: parsed.errors.length === 0,
    rows: parsed.rowCount,
    errors: parsed.errors.slice(0, ISSUES_SHOWN),
    warnings: parsed.warnings.slice(0, ISSUES_SHOWN),
    preview: parsed.rows.slice(0, PREVIEW_ROWS).map((row) => ({
      line: row.line,
      disease: row.disease,
      keywords: row.keywords.map((keyword) => keyword.raw),
      baseProbability: row.baseProbability,
      matchWeight: row.matchWeight,
    })),
  };
}

/** Throws 422 with line and column of every error. */
async function requireValid(sources: ProtocolSources, csv: string): Promise<ParsedProtocol> {
  const parsed = parseProtocol(csv, await sources.keywordDoubts());
  if (parsed.errors.length > 0)
    throw new AppError('validation_failed', {
      detail: 'The protocol has errors: nothing was saved.',
      errors: parsed.errors.slice(0, ISSUES_SHOWN).map(({ line, column, message }) => ({
        path: `csv:${line}:${column}`,
        message,
      })),
    });
  return parsed;
}

/** Saves a first version. */
export async function createProtocol(
  ports: Ports,
  sources: ProtocolSources,
  actor: Actor,
  { name, csv }: { name: string; csv: string },
): Promise<Protocol> {
  const parsed = await requireValid(sources, csv);
  return ports.database.write(actor.clinicId, async (trx) => {
    const id = newId(ports.now());
    const now = ports.now();
    await trx
      .insertInto('protocols')
      .values({
        id,
        clinic_id: actor.clinicId,
        name,
        version: 1,
        rows: parsed.rows.length,
        warnings: parsed.warnings.length,
        created_by: actor.userId,
        created_at: now,
        updated_at: now,
        deleted_at: null,
      })
      .execute();
    await addVersion(trx, actor, { id, version: 1, name, csv, parsed, now });
    return requireProtocol(trx, actor.clinicId, id);
  });
}

/** Saves the next version; earlier ones stay readable. */
export async function replaceProtocol(
  ports: Ports,
  sources: ProtocolSources,
  actor: Actor,
  id: string,
  { name, csv }: { name: string; csv: string },
): Promise<Protocol> {
  const parsed = await requireValid(sources, csv);
  return ports.database.write(actor.clinicId, async (trx) => {
    const { version } = await requireProtocol(trx, actor.clinicId, id);
    const now = ports.now();
    await trx
      .updateTable('protocols')
      .set({
        name,
        version: version + 1,
        rows: parsed.rows.length,
        warnings: parsed.warnings.length,
        updated_at: now,
      })
      .where('id', '=', id)
      .execute();
    await addVersion(trx, actor, { id, version: version + 1, name, csv, parsed, now });
    return requireProtocol(trx, actor.clinicId, id);
  });
}

type NewVersion = {
  id: string;
  version: number;
  name: string;
  csv: string;
  parsed: ParsedProtocol;
  now: number;
};

async function addVersion(trx: Executor, actor: Actor, next: NewVersion): Promise<void> {
  await trx
    .insertInto('protocol_versions')
    .values({
      protocol_id: next.id,
      version: next.version,
      name: next.name,
      csv: next.csv,
      rows: next.parsed.rows.length,
      warnings: next.parsed.warnings.length,
      created_by: actor.userId,
      created_at: next.now,
    })
    .execute();
}

/** Hides a protocol; analyses made with it stay. */
export async function deleteProtocol(ports: Ports, actor: Actor, id: string): Promise<void> {
  await ports.database.write(actor.clinicId, async (trx) => {
    await requireProtocol(trx, actor.clinicId, id);
    await trx.updateTable('protocols').set({ deleted_at: ports.now() }).where('id', '=', id).execute();
  });
}

function selectProtocols(db: Executor, clinicId: string) {
  return db
    .selectFrom('protocols')
    .innerJoin('users', 'users.id', 'protocols.created_by')
    .select([
      'protocols.id',
      'protocols.name',
      'protocols.version',
      'protocols.rows',
      'protocols.warnings',
      'protocols.created_by',
      'protocols.created_at',
      'protocols.updated_at',
      'users.full_name',
    ])
    .where('protocols.clinic_id', '=', clinicId)
    .where('protocols.deleted_at', 'is', null);
}

type SummaryRow = Awaited<ReturnType<ReturnType<typeof selectProtocols>['execute']>>[number];

const summary = (row: SummaryRow): ProtocolSummary => ({
  id: row.id,
  name: row.name,
  version: row.version,
  rows: row.rows,
  warnings: row.warnings,
  createdBy: { id: row.created_by, fullName: row.full_name },
  createdAt: iso(row.created_at),
  updatedAt: iso(row.updated_at),
});

/** A clinic has a handful of protocols: all of them, newest first. */
export async function listProtocols(db: Executor, clinicId: string): Promise<ProtocolSummary[]> {
  const rows = await selectProtocols(db, clinicId).orderBy('protocols.id', 'desc').limit(100).execute();
  return rows.map(summary);
}

/** The current version with its CSV; null when the clinic has no such protocol. */
export async function findProtocol(db: Executor, clinicId: string, id: string): Promise<Protocol | null> {
  const row = await selectProtocols(db, clinicId)
    .innerJoin('protocol_versions as current', (join) =>
      join
        .onRef('current.protocol_id', '=', 'protocols.id')
        .onRef('current.version', '=', 'protocols.version'),
    )
    .select('current.csv')
    .where('protocols.id', '=', id)
    .executeTakeFirst();
  return row ? { ...summary(row), csv: row.csv } : null;
}

async function requireProtocol(db: Executor, clinicId: string, id: string): Promise<Protocol> {
  const protocol = await findProtocol(db, clinicId, id);
  if (!protocol) throw new AppError('not_found');
  return protocol;
}

function selectVersions(db: Executor, id: string) {
  return db
    .selectFrom('protocol_versions')
    .innerJoin('users', 'users.id', 'protocol_versions.created_by')
    .select([
      'protocol_versions.version',
      'protocol_versions.name',
      'protocol_versions.rows',
      'protocol_versions.created_by',
      'protocol_versions.created_at',
      'users.full_name',
    ])
    .where('protocol_versions.protocol_id', '=', id);
}

type VersionRow = Awaited<ReturnType<ReturnType<typeof selectVersions>['execute']>>[number];

const toVersion = (row: VersionRow): ProtocolVersion => ({
  version: row.version,
  name: row.name,
  rows: row.rows,
  createdBy: { id: row.created_by, fullName: row.full_name },
  createdAt: iso(row.created_at),
});

/** Every version of a protocol, newest first; their CSV is asked for one by one, for together it may be 500 MB. */
export async function listVersions(db: Executor, id: string): Promise<ProtocolVersion[]> {
  const rows = await selectVersions(db, id).orderBy('protocol_versions.version', 'desc').limit(100).execute();
  return rows.map(toVersion);
}

/** One version with its CSV; null when the clinic has no such protocol, or the protocol no such version. */
export async function findVersion(
  db: Executor,
  clinicId: string,
  { id, version }: { id: string; version: number },
): Promise<ProtocolVersionText | null> {
  const row = await selectVersions(db, id)
    .innerJoin('protocols', 'protocols.id', 'protocol_versions.protocol_id')
    .select('protocol_versions.csv')
    .where('protocol_versions.version', '=', version)
    .where('protocols.clinic_id', '=', clinicId)
    .where('protocols.deleted_at', 'is', null)
    .executeTakeFirst();
  return row ? { ...toVersion(row), csv: row.csv } : null;
}
