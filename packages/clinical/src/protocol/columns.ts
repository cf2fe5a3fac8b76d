/** Headers of a protocol, as the template writes them and as people do. */
import type { CsvRow } from './csv.ts';
import type { CsvIssue } from './types.ts';

export const COLUMNS = {
  Disease: ['diagnosis', 'condition', 'disease_name', 'name', 'doenca', 'diagnostico'],
  Symptom_Keywords: [
    'keywords',
    'symptoms',
    'symptom',
    'signs',
    'clinical_signs',
    'sintomas',
    'palavras_chave',
  ],
  Base_Probability: ['base', 'base_points', 'base_score', 'prior', 'probability', 'probabilidade_base'],
  Match_Weight: ['weight', 'points_per_match', 'match_points', 'peso'],
  Suggested_Tests: ['tests', 'diagnostics', 'recommended_tests', 'exames'],
  Treatment_Plan: ['treatment', 'plan', 'therapy', 'tratamento'],
  Species: ['animal', 'especie'],
  Sex: ['sexo', 'gender'],
  Age_Min: ['min_age', 'age_from', 'idade_min'],
  Age_Max: ['max_age', 'age_to', 'idade_max'],
  Breeds: ['breed', 'racas', 'raca'],
  Exclude_Keywords: ['exclude', 'excludes', 'excluded_keywords', 'excluir'],
  Cannot_Miss: ['cant_miss', 'urgent', 'emergency', 'urgente'],
  Refs: ['references', 'reference', 'ref', 'sources', 'source', 'referencias'],
} as const;
export type ColumnName = keyof typeof COLUMNS;

const REQUIRED: ColumnName[] = ['Disease', 'Symptom_Keywords', 'Base_Probability', 'Match_Weight'];
const EXPECTED: ColumnName[] = ['Suggested_Tests', 'Treatment_Plan'];

/** Case, accents, spaces, `_` and `-` do not matter. */
function normaliseHeader(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

const BY_HEADER = new Map<string, ColumnName>(
  (Object.keys(COLUMNS) as ColumnName[]).flatMap((name) =>
    [name, ...COLUMNS[name]].map((alias): [string, ColumnName] => [normaliseHeader(alias), name]),
  ),
);

/** Column name -> position. Missing and repeated columns are errors, unknown ones warnings. */
export function readHeader(
  header: CsvRow,
  errors: CsvIssue[],
  warnings: CsvIssue[],
): Map<ColumnName, number> {
  const positions = new Map<ColumnName, number>();
  header.forEach((cell, i) => {
    const place = { line: cell.line, column: cell.column };
    const name = BY_HEADER.get(normaliseHeader(cell.text));
    if (name === undefined) {
      if (cell.text.trim() !== '')
        warnings.push({
          ...place,
          message: `Column "${cell.text.trim().slice(0, 60)}" is not known and is not used.`,
        });
    } else if (positions.has(name)) errors.push({ ...place, message: `Column ${name} occurs twice.` });
    else positions.set(name, i);
  });
  const place = { line: header[0]?.line ?? 1, column: 1 };
  for (const name of REQUIRED)
    if (!positions.has(name)) errors.push({ ...place, message: `Column ${name} is missing in the header.` });
  for (const name of EXPECTED)
    if (!positions.has(name))
      warnings.push({ ...place, message: `Column ${name} is missing; it stays empty.` });
  return positions;
}
