/** One row of the original's `users`: an account, its clinic, its protocol. */
import { parseProtocol } from '@mozarela/clinical/protocol/parse';
import { email as emailSchema } from '@mozarela/contract/auth';
import { isBcrypt } from '../../features/auth/hashing.ts';
import { legacyId, shortKey } from './ids.ts';
import {
  clean,
  createNotes,
  type Document,
  isDocument,
  isEmpty,
  type Notes,
  note,
  noteLoss,
  noteUnknown,
  readDocument,
  textOf,
} from './read.ts';
import type { LegacyRow, LegacyValue } from './source.ts';
import { readTime } from './values.ts';

const MAX_NAME = 120;
const MAX_PASSWORD = 200;

/** What the account opens with from now on. */
export type PlannedPassword =
  | { kind: 'hash'; hash: string }
  | { kind: 'clear'; password: string }
  | { kind: 'none' };

export type PlannedProtocol = { id: string; name: string; csv: string; rows: number; warnings: number };

export type PlannedAccount = {
  row: LegacyRow;
  userId: string;
  clinicId: string;
  email: string;
  /** Takes the place of `email` when somebody has that already. */
  spareEmail: string;
  fullName: string;
  clinicName: string;
  /** As the person named it; null when they did not. */
  ownClinicName: string | null;
  isAdmin: boolean;
  createdAt: number;
  password: PlannedPassword;
  protocol: PlannedProtocol | null;
  /** A protocol that could not be read, as it was, with the reason. */
  keptProtocol: { raw: string; reason: string } | null;
  notes: Notes;
};

const KNOWN = new Set([
  ...['id', 'email', 'password', 'fullName', 'clinicName', 'isAdmin', 'createdAt', 'timestamp'],
  ...['savedScoringConfig'],
]);
const COLUMNS = new Set(['id', 'email', 'password', 'fullName', 'clinicName', 'isAdmin', 'data']);

/** An address that nobody can have (RFC 2606), so that no mail ever goes to a stranger. */
const placeholder = (local: string, key: string, why: string) =>
  `${local.slice(0, 50)}.${shortKey('user', key)}@${why}.invalid`;

function readEmail(notes: Notes, key: string, stored: unknown): { email: string; spareEmail: string } {
  const typed = typeof stored === 'string' ? stored : '';
  const parsed = emailSchema.safeParse(typed.replaceAll('\0', ''));
  if (!parsed.success) {
    const email = placeholder('account', key, 'unknown');
    noteLoss(
      notes,
      `its e-mail ${stored === null || stored === undefined ? 'is missing' : `${JSON.stringify(String(stored))} is none`}: signs in as ${email}`,
    );
    return { email, spareEmail: email };
  }
  if (parsed.data !== typed)
    note(notes, `e-mail ${JSON.stringify(typed)} is written ${parsed.data} from now on`);
  const local = parsed.data.slice(0, parsed.data.lastIndexOf('@'));
  return { email: parsed.data, spareEmail: placeholder(local, key, 'duplicate') };
}

function readPassword(notes: Notes, column: LegacyValue | undefined, document: Document): PlannedPassword {
  // The original looked into the document when the column held no text.
  const stored = typeof column === 'string' ? column : (document.password ?? column);
  const none = (why: string): PlannedPassword => {
    note(notes, `${why}: nobody can sign in until somebody makes a reset link`);
    return { kind: 'none' };
  };
  if (stored === null || stored === undefined || stored === '') return none('it has no password');
  if (typeof stored !== 'string') return none('its password is not text');
  if (isBcrypt(stored) || /^\$argon2id\$/.test(stored)) return { kind: 'hash', hash: stored };
  if (stored.startsWith('$2')) return none('its password hash is damaged');
  if (/^\s*\d+(\.\d+)?\s*$/.test(stored)) return none('its password is a number');
  if (stored.length > MAX_PASSWORD || stored.includes('\0')) return none('its password cannot be typed');
  note(notes, 'its password was stored in clear and is hashed now: it should be changed');
  return { kind: 'clear', password: stored };
}

type ProtocolPart = Pick<PlannedAccount, 'protocol' | 'keptProtocol'>;

function readProtocol(notes: Notes, key: string, at: number, config: unknown): ProtocolPart {
  if (isEmpty(config)) return { protocol: null, keptProtocol: null };
  const content = isDocument(config) ? config.content : config;
  const fileName = isDocument(config) ? config.fileName : undefined;
  const kept = (reason: string): ProtocolPart => ({
    protocol: null,
    keptProtocol: { raw: JSON.stringify(config), reason },
  });
  if (typeof content !== 'string') return kept('its content is not text');
  const own = createNotes();
  const csv = clean(own, 'protocol', content);
  const parsed = parseProtocol(csv);
  const [error] = parsed.errors;
  if (error)
    return kept(
      `line ${error.line}, column ${error.column}: ${error.message}${parsed.errors.length > 1 ? ` (and ${parsed.errors.length - 1} more)` : ''}`,
    );
  for (const reason of own.reasons) noteLoss(notes, reason);
  const name = textOf(notes, 'protocol name', fileName, MAX_NAME) ?? 'Protocol';
  const counts = { rows: parsed.rows.length, warnings: parsed.warnings.length };
  return { protocol: { id: legacyId('protocol', key, at), name, csv, ...counts }, keptProtocol: null };
}

/** The column, else the document; both are looked at, and a difference is said. */
function pick(
  notes: Notes,
  name: string,
  column: LegacyValue | undefined,
  document: Document,
): string | null {
  const fromColumn = textOf(notes, name, column, MAX_NAME);
  if (isEmpty(document[name])) return fromColumn;
  const fromDocument = textOf(notes, name, document[name], MAX_NAME);
  if (fromColumn !== null && fromDocument !== null && fromColumn !== fromDocument)
    noteLoss(notes, `${name} is ${JSON.stringify(fromColumn)} in the table and different in its data`);
  return fromColumn ?? fromDocument;
}

const isSet = (flag: LegacyValue | undefined) => flag === 1 || flag === '1' || flag === 'true';

/**
 * Plans an account. Nothing is written and nothing is hashed.
 * @param firstSeen when the original first knew the account, where it tells
 * @param joinClinics people who named the same clinic share one
 */
export function planAccount(
  row: LegacyRow,
  firstSeen: number | undefined,
  joinClinics: boolean,
): PlannedAccount {
  const { key, values } = row;
  const notes = createNotes();
  const document = readDocument(notes, values.data) ?? {};
  noteUnknown(notes, document, KNOWN);
  noteUnknown(notes, values, COLUMNS);
  const own = readTime(document.createdAt ?? document.timestamp)?.ms ?? 0;
  const createdAt = own || (readTime(firstSeen)?.ms ?? 0);
  const { email, spareEmail } = readEmail(notes, key, values.email ?? document.email);
  const fullName = pick(notes, 'fullName', values.fullName, document) ?? email.slice(0, email.indexOf('@'));
  const ownClinicName = pick(notes, 'clinicName', values.clinicName, document);
  const shared = joinClinics && ownClinicName !== null;
  return {
    row,
    userId: legacyId('user', key, own),
    clinicId: shared
      ? legacyId('clinic', `name\0${clinicKey(ownClinicName)}`, 0)
      : legacyId('clinic', key, own),
    email,
    spareEmail,
    fullName,
    clinicName: ownClinicName ?? `${fullName}'s clinic`,
    ownClinicName,
    isAdmin: isSet(values.isAdmin),
    createdAt,
    password: readPassword(notes, values.password, document),
    ...readProtocol(notes, key, createdAt, document.savedScoringConfig),
    notes,
  };
}

/** Names of clinics are compared without regard to case, accents' encoding and spaces. */
export const clinicKey = (name: string): string =>
  name.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');

/** The account that takes the cases of somebody whom the original no longer knew. */
export function planFormerMember(key: string | null): Omit<PlannedAccount, 'row' | 'notes'> {
  const id = key ?? '';
  const email = placeholder('former-member', id, 'former');
  return {
    userId: legacyId('user', `former\0${id}`, 0),
    clinicId: legacyId('clinic', `former\0${id}`, 0),
    email,
    spareEmail: email,
    fullName: 'Former member',
    clinicName: 'Records of a former member',
    ownClinicName: null,
    isAdmin: false,
    createdAt: 0,
    password: { kind: 'none' },
    protocol: null,
    keptProtocol: null,
  };
}
