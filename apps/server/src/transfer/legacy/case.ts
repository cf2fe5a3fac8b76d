/** One row of the original's `cases`: what the first event of a case says, and its results. */
import type { CaseContent } from '../../features/cases/events.ts';
import { type PlannedAnalysis, planAnalysis } from './analysis.ts';
import { legacyId } from './ids.ts';
import {
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
import type { LegacyRow } from './source.ts';
import { readSex, readSpecies, readTime, readWeight } from './values.ts';

const MAX = { patientName: 120, breed: 120, age: 60, text: 20_000, id: 1000 };

export type PlannedCase = {
  row: LegacyRow;
  id: string;
  patientId: string;
  analysisId: string;
  /** Milliseconds; 0 when the original does not say. */
  at: number;
  /** The account's id in the original. */
  owner: string | null;
  content: CaseContent;
  analysis: PlannedAnalysis | null;
  notes: Notes;
};

const ENVELOPE = ['id', 'timestamp', 'userId', 'data', 'results'];
const CONTENT = [
  ...['patientName', 'species', 'breed', 'sex', 'gender', 'age', 'weight', 'clinicalSigns', 'labFindings'],
  ...['attachments', 'analysisMode', 'scoringFile'],
];
const KNOWN_ENVELOPE = new Set(ENVELOPE);
const KNOWN_CONTENT = new Set([...CONTENT, ...ENVELOPE]);
const COLUMNS = new Set(['id', 'data', 'timestamp']);

function weightOf(notes: Notes, value: unknown): number | null {
  const typed = textOf(notes, 'weight', value, MAX.text);
  if (typed === null) return null;
  const read = readWeight(typed);
  if (read === null) noteLoss(notes, `weight ${JSON.stringify(typed.slice(0, 60))} could not be read`);
  else if (!read.plain) note(notes, `weight ${JSON.stringify(typed)} is ${read.kg} kg`);
  return read?.kg ?? null;
}

/** The species, and the breed with what only the species' word said. */
function animalOf(notes: Notes, content: Document): Pick<CaseContent, 'species' | 'breed'> {
  const breed = textOf(notes, 'breed', content.breed, MAX.breed);
  const typed = textOf(notes, 'species', content.species, MAX.breed);
  if (typed === null) {
    note(notes, 'species is missing: other');
    return { species: 'other', breed };
  }
  const { species, word, known } = readSpecies(typed);
  const said = word !== null && !breed?.toLowerCase().includes(word.toLowerCase());
  const joined = said ? [word, breed].filter((part) => part !== null).join(', ') : breed;
  if (!known)
    note(notes, `species ${JSON.stringify(typed)} is on no list: other, and the word is in the breed`);
  return { species, breed: textOf(notes, 'breed', joined, MAX.breed) };
}

function sexOf(notes: Notes, content: Document): string | null {
  const typed = textOf(notes, 'sex', content.sex ?? content.gender, MAX.text);
  if (typed === null) return null;
  const sex = readSex(typed);
  if (sex === null) noteLoss(notes, `sex ${JSON.stringify(typed.slice(0, 60))} could not be read`);
  return sex;
}

/** The browser turned each file into `{}` before it was sent: only their number is left. */
function noteAttachments(notes: Notes, content: Document): void {
  const { attachments, scoringFile } = content;
  if (!isEmpty(attachments) || !isEmpty(scoringFile)) noteLoss(notes, 'attachments are only in the kept row');
  else if (Array.isArray(attachments) && attachments.length > 0)
    note(notes, `${attachments.length} attachment(s) that the original never stored (saved as {})`);
}

function timeOf(notes: Notes, stored: unknown, fallback: unknown): number {
  const read = readTime(stored);
  if (read?.plain) return read.ms;
  const told = JSON.stringify(typeof stored === 'bigint' ? String(stored) : (stored ?? null));
  const found = read ?? readTime(fallback);
  if (found) note(notes, `its time ${told} is read as ${new Date(found.ms).toISOString()}`);
  else noteLoss(notes, `its time ${told} is none: shown as 1970`);
  return found?.ms ?? 0;
}

/** Plans a case; null, with the reason noted, when there is nothing of a case in the row. */
export function planCase(row: LegacyRow): { planned: PlannedCase | null; notes: Notes } {
  const notes = createNotes();
  const { key, values } = row;
  const document = readDocument(notes, values.data);
  if (!document) return { planned: null, notes };
  // The older format has the fields of `data` beside the id.
  const content = isDocument(document.data) ? document.data : document;
  if (CONTENT.every((name) => isEmpty(content[name])) && isEmpty(document.results)) {
    noteLoss(notes, 'there is nothing of a case in it');
    return { planned: null, notes };
  }
  if (content === document) note(notes, 'a case in the older flat format');
  else noteUnknown(notes, document, KNOWN_ENVELOPE);
  noteUnknown(notes, content, KNOWN_CONTENT);
  noteUnknown(notes, values, COLUMNS);
  const at = timeOf(notes, values.timestamp, document.timestamp);
  noteAttachments(notes, content);
  const clinicalSigns = textOf(notes, 'clinicalSigns', content.clinicalSigns, MAX.text);
  if (clinicalSigns === null) note(notes, 'it has no clinical signs');
  const sex = sexOf(notes, content);
  const weightKg = weightOf(notes, content.weight);
  const animal = animalOf(notes, content);
  const planned: PlannedCase = {
    row,
    id: legacyId('case', key, at),
    patientId: legacyId('patient', key, at),
    analysisId: legacyId('analysis', key, at),
    at,
    owner: textOf(notes, 'userId', document.userId ?? content.userId, MAX.id),
    content: {
      patientName: textOf(notes, 'patientName', content.patientName, MAX.patientName),
      ...animal,
      sex,
      age: textOf(notes, 'age', content.age, MAX.age),
      weightKg,
      clinicalSigns: clinicalSigns ?? '',
      labFindings: textOf(notes, 'labFindings', content.labFindings, MAX.text),
      corrections: [],
    },
    analysis: planAnalysis(notes, document.results, content.analysisMode, {
      species: animal.species as 'dog',
      sex: sex as 'M' | null,
      weightKg,
    }),
    notes,
  };
  return { planned, notes };
}
