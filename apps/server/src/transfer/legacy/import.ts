/** The original system's database into ours: nothing lost, every row accounted for, the same again changes nothing. */
import { ACCOUNTS, type Database } from '../../seams/database/port.ts';
import { clinicKey, type PlannedAccount, planAccount } from './account.ts';
import { planCase } from './case.ts';
import { type KeptRow, keepRows } from './keep.ts';
import { rawOf } from './read.ts';
import { createReport, type Report } from './report.ts';
import type { LegacySource } from './source.ts';
import { type AccountOutcome, claimInstallation, type Owner, writeAccounts } from './write-accounts.ts';
import { type CaseWithOwner, formerOwner, writeCases } from './write-cases.ts';

/** Passwords in clear are hashed a batch at a time, and the queue of hashes takes 256. */
const BATCH = 200;
const PROTOCOLS = 'users.savedScoringConfig';
const HANDLED = ['users', 'cases', 'sessions'];

export type ImportOptions = {
  /** People who named the same clinic share one; else everybody has their own. */
  joinClinics: boolean;
  now: number;
  progress(table: string, done: number, total: number): void;
};

type Run = ImportOptions & { database: Database; source: LegacySource; report: Report };

function* batches<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function reportAccount(report: Report, account: PlannedAccount, outcome: AccountOutcome): void {
  const { row, notes, isAdmin, protocol, keptProtocol, email, spareEmail } = account;
  const say = (table: string, reason: string, kind: 'imported' | 'kept' = 'imported') =>
    report.line({ table, row: row.key, outcome: kind, reason });
  report.imported('users', outcome.already);
  if (notes.reasons.length > 0) say('users', notes.reasons.join('; '));
  if (outcome.usesSpareEmail)
    say('users', `somebody has the e-mail ${email} already: this account signs in as ${spareEmail}`);
  if (isAdmin) say('users', `is an administrator (${outcome.usesSpareEmail ? spareEmail : email})`);
  if (protocol) {
    report.read(PROTOCOLS);
    report.imported(PROTOCOLS, outcome.already);
  }
  if (keptProtocol) {
    report.read(PROTOCOLS);
    report.kept(PROTOCOLS);
    say(PROTOCOLS, keptProtocol.reason, 'kept');
  }
}

function adviseOnClinics(report: Report, named: Map<string, { name: string; people: number }>): void {
  for (const { name, people } of named.values())
    if (people > 1)
      report.advice.push(
        `${people} accounts name the clinic ${JSON.stringify(name)}. In the original each saw only their own cases, and so it stays. If they are one clinic, import into an empty installation with --join-clinics.`,
      );
}

/** @returns the owner of cases by the original's account id */
async function importAccounts(run: Run): Promise<Map<string, Owner>> {
  const { database, source, report, joinClinics, now } = run;
  const owners = new Map<string, Owner>();
  const named = new Map<string, { name: string; people: number }>();
  const seen = source.firstSeen();
  const total = source.count('users');
  let admin: string | null = null;
  let first: string | null = null;
  for (const rows of batches(source.rows('users'))) {
    report.read('users', rows.length);
    const batch = rows.map((row) => planAccount(row, seen.get(row.key), joinClinics));
    const outcomes = await writeAccounts(database, batch, now);
    for (const [index, account] of batch.entries()) {
      const outcome = outcomes[index]!;
      owners.set(account.row.key, outcome.owner);
      reportAccount(report, account, outcome);
      first ??= account.userId;
      if (account.isAdmin) admin ??= account.userId;
      const { ownClinicName: name } = account;
      if (name === null || joinClinics) continue;
      named.set(clinicKey(name), { name, people: (named.get(clinicKey(name))?.people ?? 0) + 1 });
    }
    run.progress('users', owners.size, total);
  }
  adviseOnClinics(report, named);
  if (admin !== null)
    report.advice.push(
      'The administrators are those of the original, which came with a published administrator password: let each choose a new one (reset-password <e-mail>), and look at whether each should be one.',
    );
  else
    report.advice.push('The original had no administrator: make one with create-admin <e-mail> <full name>.');
  const claimant = admin ?? first;
  if (claimant !== null) await claimInstallation(database, claimant, now);
  return owners;
}

async function importCases(run: Run, owners: Map<string, Owner>): Promise<void> {
  const { database, source, report, now } = run;
  const total = source.count('cases');
  let done = 0;
  for (const rows of batches(source.rows('cases'))) {
    report.read('cases', rows.length);
    const batch: CaseWithOwner[] = [];
    const unreadable: KeptRow[] = [];
    for (const row of rows) {
      const { planned, notes } = planCase(row);
      const ownership = planned?.owner == null ? undefined : owners.get(planned.owner);
      if (planned)
        batch.push({
          ...planned,
          ownership: ownership ?? formerOwner(planned.owner),
          isOrphan: ownership === undefined,
        });
      else {
        const reason = notes.reasons.join('; ');
        unreadable.push({ table: 'cases', key: row.key, raw: rawOf(row), reason });
      }
    }
    const already = await writeCases(database, batch, unreadable, now);
    for (const planned of batch) {
      report.imported('cases', already.has(planned.id));
      const reasons = [...planned.notes.reasons];
      if (planned.isOrphan)
        reasons.unshift(
          planned.owner === null
            ? 'it names no account: kept under an account "Former member"'
            : `its account ${JSON.stringify(planned.owner)} is gone: kept under an account "Former member"`,
        );
      if (reasons.length > 0)
        report.line({
          table: 'cases',
          row: planned.row.key,
          outcome: 'imported',
          reason: reasons.join('; '),
        });
    }
    for (const { key, reason } of unreadable) {
      report.kept('cases');
      report.line({ table: 'cases', row: key, outcome: 'kept', reason });
    }
    done += rows.length;
    run.progress('cases', done, total);
  }
}

/** Tables that the new system has no use for: every row stays readable. */
async function keepTable(run: Run, table: string): Promise<void> {
  const { database, source, report, now } = run;
  const reason = `the new system has nothing like the table "${table}"`;
  report.read(table, 0);
  for (const rows of batches(source.rows(table))) {
    report.read(table, rows.length);
    const kept = rows.map((row) => ({ table, key: row.key, raw: rawOf(row), reason }));
    await database.write(ACCOUNTS, (trx) => keepRows(trx, kept, now));
    for (const { key } of rows) {
      report.kept(table);
      report.line({ table, row: key, outcome: 'kept', reason });
    }
  }
}

function dropSessions({ source, report, now }: Run): void {
  const { expired, live } = source.countSessions(now);
  report.read('sessions', expired + live);
  report.dropped('sessions', expired + live);
  if (expired > 0)
    report.line({
      table: 'sessions',
      row: `${expired} rows`,
      outcome: 'dropped',
      reason: 'they had expired',
    });
  if (live > 0)
    report.line({
      table: 'sessions',
      row: `${live} rows`,
      outcome: 'dropped',
      reason: 'sessions end with the original system: everybody signs in again',
    });
}

/**
 * Imports everything. A run that was interrupted is simply run again. Memory grows with the number of accounts only.
 * @returns the report; its owner closes it
 */
export async function importLegacy(
  database: Database,
  source: LegacySource,
  options: ImportOptions,
): Promise<Report> {
  const report = createReport();
  const run: Run = { ...options, database, source, report };
  try {
    const owners = await importAccounts(run);
    await importCases(run, owners);
    dropSessions(run);
    for (const table of source.tables.filter((name) => !HANDLED.includes(name))) await keepTable(run, table);
    return report;
  } catch (error) {
    report.close();
    throw error;
  }
}
