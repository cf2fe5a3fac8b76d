/** All cases of a clinic, a page at a time, so that memory does not grow with the history. */

import type { CaseRecord } from '@mozarela/contract/cases';
import { stringify } from 'csv-stringify/sync';
import type { Database } from '../../seams/database/port.ts';
import { listCases } from './list.ts';
import { findCase } from './queries.ts';

const PAGE = 100;

async function* records(database: Database, clinicId: string): AsyncGenerator<CaseRecord> {
  let cursor: string | undefined;
  do {
    const page = await listCases(database, clinicId, { limit: PAGE, cursor });
    for (const { id } of page.items) {
      const record = await findCase(database.read(clinicId), clinicId, id);
      if (record) yield record;
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
}

const COLUMNS = [
  'id',
  'patientId',
  'patientName',
  'species',
  'breed',
  'sex',
  'age',
  'weightKg',
  'clinicalSigns',
  'labFindings',
  'status',
  'outcome',
  'createdBy',
  'createdAt',
  'updatedAt',
] as const;

/** A spreadsheet would run a cell that begins so as a formula. */
const inert = (value: string) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);

const cells = (record: CaseRecord): string[] =>
  COLUMNS.map((column) => {
    if (column === 'outcome') return inert(record.outcome?.diagnosis ?? '');
    if (column === 'createdBy') return inert(record.createdBy.fullName);
    const value = record[column];
    return typeof value === 'string' ? inert(value) : String(value ?? '');
  });

export async function* exportCsv(database: Database, clinicId: string): AsyncGenerator<string> {
  yield `\uFEFF${stringify([[...COLUMNS]], { record_delimiter: 'windows' })}`;
  for await (const record of records(database, clinicId))
    yield stringify([cells(record)], { record_delimiter: 'windows' });
}

export async function* exportJson(database: Database, clinicId: string): AsyncGenerator<string> {
  let separator = '[';
  for await (const record of records(database, clinicId)) {
    yield `${separator}\n${JSON.stringify(record)}`;
    separator = ',';
  }
  yield separator === '[' ? '[]\n' : '\n]\n';
}
