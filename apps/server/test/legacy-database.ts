/** Builds a database of the original system with everything that its code, its users and its crashes left behind. */
import { DatabaseSync } from 'node:sqlite';
import { hashSync } from '@node-rs/bcrypt';

const AT = Date.UTC(2025, 0, 15, 9, 30);
const EXPIRED_SESSIONS = 3000;

/** The password of every account of it that can sign in with one. */
export const LEGACY_PASSWORD = 'palavra-passe-antiga';
export const CLEAR_PASSWORD = 'segredo-em-claro';
/** As the original wrote them, at a low cost because tests wait. */
const HASH = hashSync(LEGACY_PASSWORD, { cost: 4, version: '2a' });

const SCHEMA = `
  create table items (id integer primary key autoincrement, name text);
  create table cases (id text primary key, data text, timestamp integer);
  create table users (id text primary key, email text unique, password text, fullName text, clinicName text,
    data text, isAdmin integer default 0);
  create table sessions (token text primary key, userId text, createdAt integer, expiresAt integer,
    csrfToken text, lastUsedAt integer);
  create table notes (body text);`;

const CSV = `Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan
Kennel Cough,"cough,dry",20,15,PCR,"Rest, isolation"
`;
const config = (content: string) => ({ savedScoringConfig: { fileName: 'protocolo.csv', content } });

type User = { password?: unknown; data?: unknown; isAdmin?: unknown; fullName?: unknown };

/** Id, e-mail, and what is odd about them. */
const USERS: [string | null, unknown, User][] = [
  ['u-ana', 'ana@clinic.example', { isAdmin: 1, data: config(CSV) }],
  ['u-ana-2', 'Ana@Clinic.example', {}],
  ['u-clear', 'clear@clinic.example', { password: CLEAR_PASSWORD }],
  ['u-null', 'null@clinic.example', { password: null }],
  ['u-number', 'number@clinic.example', { password: 12345678 }],
  ['u-damaged', 'damaged@clinic.example', { password: HASH.slice(0, 30) }],
  ['u-cut', 'cut@clinic.example', { data: '{"id":"u-cut","password":"hush-hush","fullNa' }],
  ['u-protocol', 'protocol@clinic.example', { data: config('Disease,Nothing\nx,y') }],
  ['u-nomail', null, { fullName: 'Sem Correio' }],
  ['u-wrong', 'not an address', { data: { favouriteColour: 'green' } }],
  ['u-nul', 'nul@clinic.example', { fullName: 'Nul\0 Name \u{1F415}' }],
  [null, 'noid@clinic.example', {}],
];

const NOTE = { patientName: 'Bolinha', species: 'Dog', clinicalSigns: 'Vomiting and lethargy.' };
const RESULTS = {
  summary: 'Summary.',
  diagnoses: [
    {
      name: 'Hypoadrenocorticism',
      probability: 70,
      reasoning: 'because',
      suggested_tests: ['CBC'],
      treatment_plan: 'plan',
    },
  ],
};
const saved = (data: object, rest: object = {}) => ({
  userId: 'u-ana',
  timestamp: AT,
  data: { ...NOTE, ...data },
  results: RESULTS,
  ...rest,
});

/** Id, `data` (an object is written as JSON), `timestamp`. */
const CASES: [string | null, unknown, unknown][] = [
  ['c-plain', saved({ weight: '6 kg', analysisMode: 'WEIGHTED' }), AT],
  ['c-ai', saved({ analysisMode: 'AI', clinicalSigns: 'Ravenous zebrawood appetite.' }), AT + 1],
  ['c-comma', saved({ weight: '12,5' }), AT + 2],
  ['c-pounds', saved({ weight: '12 lbs' }), AT + 3],
  ['c-weight', saved({ weight: 'about ten' }), AT + 4],
  ['c-dragon', saved({ species: 'Axolotl', breed: 'leucistic' }), AT + 5],
  ['c-ferret', saved({ species: 'Ferret' }), AT + 6],
  ['c-files', saved({ attachments: [{}, {}] }), AT + 7],
  [
    'c-emoji',
    saved({ patientName: 'Rex \u{1F436}', clinicalSigns: 'Tosse \u{1F637} h\u00e1 3 dias.' }),
    AT + 8,
  ],
  ['c-nul', saved({ clinicalSigns: 'Cough\0ing.' }), AT + 9],
  ['c-surrogate', `{"userId":"u-ana","data":{"species":"Cat","clinicalSigns":"half \\ud83d moon"}}`, AT + 10],
  ['c-rawnul', `{"userId":"u-ana","data":{"species":"Cat","clinicalSigns":"raw \0 nul"}}`, AT + 11],
  ['c-flat', { ...NOTE, userId: 'u-ana', age: 3 }, AT + 12],
  ['c-gone', saved({}, { userId: 'u-gone' }), AT + 13],
  ['c-nobody', saved({}, { userId: undefined }), AT + 14],
  ['c-notime', saved({}, { timestamp: undefined }), null],
  ['c-texttime', saved({}), '2024-05-06T07:08:09Z'],
  ['c-seconds', saved({}), Math.floor(AT / 1000)],
  ['c-badtime', saved({}, { timestamp: 'yesterday' }), 'yesterday'],
  ['c-long', saved({ clinicalSigns: 'x'.repeat(25_000) }), AT + 15],
  ['c-more', saved({ temperature: 39.5 }), AT + 16],
  ['c-results', saved({}, { results: { diagnoses: 'none' } }), AT + 17],
  ['c-nosigns', saved({ clinicalSigns: '' }), AT + 18],
  ['c-bytes', Buffer.from(JSON.stringify(saved({}))), AT + 19],
  ['c-cut', JSON.stringify(saved({})).slice(0, 90), AT + 20],
  ['c-text', 'vomiting dog, 3 years', AT + 21],
  ['c-list', [1, 2], AT + 22],
  ['c-null', null, AT + 23],
  ['c-empty', {}, AT + 24],
  ['c-invalid', Buffer.from([0x7b, 0xff, 0xfe]), AT + 25],
  [null, saved({ patientName: 'Sem Id' }), AT + 26],
  ['o\u2019dd "id" \0', saved({}), AT + 27],
];

/** How many of the cases are no cases. */
export const UNREADABLE_CASES = 6;
export const LEGACY_COUNTS = { users: USERS.length, cases: CASES.length, sessions: EXPIRED_SESSIONS + 1 };

const stored = (value: unknown) =>
  (typeof value === 'object' && value !== null && !Buffer.isBuffer(value) ? JSON.stringify(value) : value) as
    | string
    | number
    | Buffer
    | null;

/** Writes the database to a file that is not there yet. */
export function buildLegacyDatabase(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(SCHEMA);
  db.exec('begin');
  const addUser = db.prepare('insert into users values (?, ?, ?, ?, ?, ?, ?)');
  for (const [id, email, odd] of USERS) {
    const user = { password: HASH, data: { id, email }, isAdmin: 0, fullName: `Vet ${id}`, ...odd };
    const { password, fullName, data, isAdmin } = user;
    addUser.run(id, ...[email, password, fullName, 'Cl\u00ednica', data, isAdmin].map(stored));
  }
  const addCase = db.prepare('insert into cases values (?, ?, ?)');
  for (const [id, data, timestamp] of CASES) addCase.run(id, stored(data), stored(timestamp));
  const addSession = db.prepare('insert into sessions values (?, ?, ?, ?, ?, ?)');
  for (let i = 0; i < EXPIRED_SESSIONS; i += 1) addSession.run(`t${i}`, 'u-ana', AT, AT + 1, 'csrf', AT);
  addSession.run('live', 'u-ana', AT, 4_000_000_000_000, 'csrf', AT);
  db.exec(
    "insert into items (name) values ('one'), (null); insert into notes values (cast(x'61ff' as text))",
  );
  db.exec('commit');
  db.close();
}
