import { readFileSync } from 'node:fs';

export type OpenCase = {
  id: string;
  species: string;
  breed: string;
  age: string;
  sex: 'M' | 'MN' | 'F' | 'FS' | '';
  clinicalSigns: string;
  labFindings: string;
};

const file = new URL('../../packages/clinical/test/cases/open.jsonl', import.meta.url);

/** Published cases by id, as someone else wrote them. */
export function openCases(...ids: string[]): OpenCase[] {
  const all = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OpenCase);
  return ids.map((id) => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new Error(`no open case ${id}`);
    return found;
  });
}
