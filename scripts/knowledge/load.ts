/** Reads and validates every file of `knowledge/`; `check.ts` then looks at how they fit together. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ZodType } from 'zod';
import { ANIMALS } from '../../packages/clinical/src/animals.ts';
import { findDose } from '../../packages/clinical/src/knowledge/doses.ts';
import {
  type Abbreviations,
  abbreviationSchema,
  analyteSchema,
  breedSchema,
  conditionSchema,
  findingSchema,
  type KnowledgeBundle,
  labRangeSchema,
  NO_ABBREVIATIONS,
  redFlagSchema,
  referenceSchema,
  testSchema,
} from '../../packages/clinical/src/knowledge/schema.ts';
import { type Caseload, caseloadSchema, type Progress, progress } from './caseload.ts';
import { checkKnowledge, type Report } from './check.ts';
import { checkAbbreviations } from './check-abbreviations.ts';
import { listYaml, type Path, type Problem, readYaml, type SourceFile } from './source.ts';

/** One thing of the knowledge base with its place, for messages. */
export type Entry<T> = { id: string; value: T; file: string; lineOf: (path: Path) => number | null };

export type Entries = {
  findings: Entry<KnowledgeBundle['findings'][string]>[];
  analytes: Entry<KnowledgeBundle['analytes'][string]>[];
  labRanges: Entry<NonNullable<KnowledgeBundle['labRanges']['dog']>[string]>[];
  breeds: Entry<KnowledgeBundle['breeds'][string]>[];
  tests: Entry<KnowledgeBundle['tests'][string]>[];
  references: Entry<KnowledgeBundle['references'][string]>[];
  conditions: Entry<KnowledgeBundle['conditions'][number]>[];
  redFlags: Entry<KnowledgeBundle['redFlags'][string]>[];
};

const SNAKE = /^[a-z0-9]+(_[a-z0-9]+)*$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

type Section = { name: keyof Entries; files: RegExp; schema: ZodType; ids: RegExp };

/** Which files hold what; every file but conditions maps ids to entries. */
const SECTIONS: Section[] = [
  { name: 'findings', files: /^findings\/[^/]+\.ya?ml$/, schema: findingSchema, ids: SNAKE },
  { name: 'analytes', files: /^analytes\.ya?ml$/, schema: analyteSchema, ids: SNAKE },
  { name: 'labRanges', files: /^lab-ranges\/[^/]+\.ya?ml$/, schema: labRangeSchema, ids: SNAKE },
  { name: 'breeds', files: /^breeds\/[^/]+\.ya?ml$/, schema: breedSchema, ids: SNAKE },
  { name: 'tests', files: /^tests\/[^/]+\.ya?ml$/, schema: testSchema, ids: SNAKE },
  { name: 'references', files: /^references\/[^/]+\.ya?ml$/, schema: referenceSchema, ids: KEBAB },
  { name: 'redFlags', files: /^red-flags\/[^/]+\.ya?ml$/, schema: redFlagSchema, ids: KEBAB },
];

export type Loaded = { bundle: KnowledgeBundle; problems: Problem[]; report: Report; caseload: Progress };

/**
 * Loads `knowledge/`. Entries that do not parse are left out of the bundle and named in `problems`; the caller
 * decides whether a bundle with errors is good enough.
 */
export function loadKnowledge(root: string): Loaded {
  const problems: Problem[] = [];
  const entries: Entries = {
    findings: [],
    analytes: [],
    labRanges: [],
    breeds: [],
    tests: [],
    references: [],
    conditions: [],
    redFlags: [],
  };
  let caseload: Caseload = {};
  let abbreviations = NO_ABBREVIATIONS;
  let lineOfAbbreviation: SourceFile['lineOf'] = () => null;
  for (const file of listYaml(root)) {
    const source = readYaml(root, file, problems);
    scanDoses(source, problems);
    if (source.value === undefined || source.value === null) continue;
    if (file === 'abbreviations.yaml') {
      abbreviations = parse(abbreviationSchema, source, [], problems) ?? abbreviations;
      lineOfAbbreviation = source.lineOf;
    } else if (file === 'caseload.yaml') caseload = parse(caseloadSchema, source, [], problems) ?? caseload;
    else if (file.startsWith('conditions/')) readCondition(source, entries, problems);
    else readMap(source, entries, problems);
  }
  const bundle = assemble(entries, abbreviations);
  const report = checkKnowledge(entries, bundle, problems);
  checkAbbreviations(bundle, problems, lineOfAbbreviation);
  const written = new Set(bundle.conditions.map((c) => c.id));
  return { bundle, problems, report, caseload: progress(caseload, written) };
}

/** The knowledge folder of this checkout. */
export const KNOWLEDGE_ROOT = join(import.meta.dirname, '../../knowledge');

function readCondition(source: SourceFile, entries: Entries, problems: Problem[]): void {
  const value = parse(conditionSchema, source, [], problems);
  if (value === undefined) return;
  entries.conditions.push({ id: value.id, value, file: source.file, lineOf: source.lineOf });
}

function readMap(source: SourceFile, entries: Entries, problems: Problem[]): void {
  const section = SECTIONS.find((s) => s.files.test(source.file));
  const fail = (message: string, path: Path = []) =>
    problems.push({ level: 'error', file: source.file, line: source.lineOf(path), message });
  if (!section) {
    fail('no such kind of file (see knowledge/README.md)');
    return;
  }
  if (typeof source.value !== 'object' || Array.isArray(source.value)) {
    fail('must be a map from ids to entries');
    return;
  }
  const seen = entries[section.name] as Entry<unknown>[];
  for (const [id, raw] of Object.entries(source.value as Record<string, unknown>)) {
    if (!section.ids.test(id))
      fail(`id "${id}" is not written like the others (${section.ids.source})`, [id]);
    const value = parse(section.schema, { ...source, value: raw }, [id], problems);
    if (value === undefined) continue;
    const lineOf = (path: Path) => source.lineOf([id, ...path]);
    seen.push({ id, value, file: source.file, lineOf });
  }
}

function parse<T>(schema: ZodType<T>, source: SourceFile, at: Path, problems: Problem[]): T | undefined {
  const result = schema.safeParse(source.value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = [...at, ...(issue.path as (string | number)[])];
    const message = `${path.join('.') || 'file'}: ${issue.message}`;
    problems.push({ level: 'error', file: source.file, line: source.lineOf(path), message });
  }
  return undefined;
}

function scanDoses(source: SourceFile, problems: Problem[]): void {
  source.text.split('\n').forEach((line, index) => {
    const dose = findDose(line);
    if (dose === null) return;
    const message = `looks like a drug amount or interval: "${dose}"`;
    problems.push({ level: 'error', file: source.file, line: index + 1, message });
  });
}

function assemble(entries: Entries, abbreviations: Abbreviations): KnowledgeBundle {
  const labRanges: KnowledgeBundle['labRanges'] = {};
  for (const entry of entries.labRanges) {
    const animal = ANIMALS.find((a) => entry.file === `lab-ranges/${a}.yaml`);
    if (animal) labRanges[animal] = { ...labRanges[animal], [entry.id]: entry.value };
  }
  const content = {
    findings: toRecord(entries.findings),
    analytes: toRecord(entries.analytes),
    labRanges,
    breeds: toRecord(entries.breeds),
    tests: toRecord(entries.tests),
    references: toRecord(entries.references),
    conditions: entries.conditions.map((e) => e.value).sort((a, b) => (a.id < b.id ? -1 : 1)),
    redFlags: toRecord(entries.redFlags),
    abbreviations,
  };
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { version, ...content };
}

function toRecord<T>(list: Entry<T>[]): Record<string, T> {
  return Object.fromEntries(list.map((e) => [e.id, e.value]));
}
