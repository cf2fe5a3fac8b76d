/** Looks at how the files of `knowledge/` fit together: unknown ids, cycles, phrases and names used twice. */
import { ANIMALS } from '../../packages/clinical/src/animals.ts';
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import { normaliseName } from '../../packages/clinical/src/names.ts';
import { keyOf } from '../../packages/clinical/src/text/tokens.ts';
import { checkAnimals, checkNearDuplicates, checkOrphans } from './check-contradictions.ts';
import type { Entries, Entry } from './load.ts';
import type { Path, Problem } from './source.ts';

/** What an author wants to know although nothing is wrong. */
export type Report = {
  /** Findings that no condition and no red flag uses, directly or through a child or parent. */
  orphanFindings: string[];
  /** Conditions that red flags name and that are not written yet. */
  missingConditions: string[];
};

export type Fail = (entry: Entry<unknown>, path: Path, message: string, level?: Problem['level']) => void;

export function checkKnowledge(entries: Entries, bundle: KnowledgeBundle, problems: Problem[]): Report {
  const fail: Fail = (entry, path, message, level = 'error') =>
    problems.push({ level, file: entry.file, line: entry.lineOf(path), message: `${entry.id}: ${message}` });
  checkDuplicateIds(entries, fail);
  checkFindings(entries, bundle, fail);
  checkPhrases(entries, fail);
  checkLabRanges(entries, bundle, fail);
  checkReferences(entries, fail);
  checkTestsAndBreeds(entries, bundle, fail);
  checkConditions(entries, bundle, fail);
  checkConditionNames(entries, fail);
  checkAnimals(entries, bundle, fail);
  checkNearDuplicates(entries, fail);
  const missingConditions = checkRedFlags(entries, bundle, fail);
  const orphanFindings = orphans(entries, bundle);
  checkOrphans(entries, orphanFindings, fail);
  return { orphanFindings, missingConditions };
}

function checkDuplicateIds(entries: Entries, fail: Fail): void {
  for (const [section, list] of Object.entries(entries)) {
    const seen = new Map<string, string>();
    for (const entry of list as Entry<unknown>[]) {
      const key = section === 'labRanges' ? `${entry.file}/${entry.id}` : entry.id;
      const before = seen.get(key);
      if (before) fail(entry, [], `also defined in ${before}`);
      else seen.set(key, entry.file);
    }
  }
}

function checkFindings(entries: Entries, bundle: KnowledgeBundle, fail: Fail): void {
  for (const entry of entries.findings) {
    const { parents, lab, background } = entry.value;
    parents.forEach((parent, i) => {
      if (!(parent in bundle.findings)) fail(entry, ['parents', i], `unknown parent finding "${parent}"`);
    });
    if (lab && !(lab.analyte in bundle.analytes)) fail(entry, ['lab'], `unknown analyte "${lab.analyte}"`);
    if (typeof background === 'object') {
      for (const key of Object.keys(background)) {
        if (key !== 'default' && !(ANIMALS as readonly string[]).includes(key))
          fail(entry, ['background', key], `unknown animal "${key}"`);
      }
    }
    const loop = cycle(entry.id, bundle);
    if (loop) fail(entry, ['parents'], `parents go in a circle: ${loop.join(' > ')}`);
  }
}

/** A path from a finding back to itself, or null. */
function cycle(id: string, bundle: KnowledgeBundle): string[] | null {
  const stack: string[][] = [[id]];
  const seen = new Set<string>();
  for (let path = stack.pop(); path; path = stack.pop()) {
    for (const parent of bundle.findings[path.at(-1) as string]?.parents ?? []) {
      if (parent === id) return [...path, parent];
      if (seen.has(parent)) continue;
      seen.add(parent);
      stack.push([...path, parent]);
    }
  }
  return null;
}

function checkPhrases(entries: Entries, fail: Fail): void {
  for (const key of ['words', 'pt'] as const) {
    const owners = new Map<string, string>();
    const stemOwners = new Map<string, string>();
    for (const entry of entries.findings) {
      entry.value[key].forEach((phrase, i) => {
        const normal = normaliseName(phrase);
        const owner = owners.get(normal);
        if (owner !== undefined && owner !== entry.id)
          fail(entry, [key, i], `phrase "${phrase}" already belongs to ${owner}`);
        else owners.set(normal, entry.id);
        const stems = normal.split(' ').map(keyOf).join(' ');
        const stemOwner = stemOwners.get(stems);
        if (stemOwner !== undefined && stemOwner !== entry.id && stemOwner !== owner)
          fail(
            entry,
            [key, i],
            `phrase "${phrase}" differs from one of ${stemOwner} in endings only`,
            'warning',
          );
        else stemOwners.set(stems, entry.id);
      });
    }
  }
  const names = new Map<string, string>();
  for (const entry of entries.analytes) {
    for (const name of entry.value.names) {
      const owner = names.get(name);
      if (owner !== undefined && owner !== entry.id)
        fail(entry, ['names'], `name "${name}" already belongs to ${owner}`);
      names.set(name, entry.id);
    }
  }
}

function checkLabRanges(entries: Entries, bundle: KnowledgeBundle, fail: Fail): void {
  for (const entry of entries.labRanges) {
    if (!ANIMALS.some((a) => entry.file === `lab-ranges/${a}.yaml`))
      fail(entry, [], 'file is not named after an animal');
    const analyte = bundle.analytes[entry.id];
    if (!analyte) fail(entry, [], 'unknown analyte');
    if (!(entry.value.reference in bundle.references))
      fail(entry, ['reference'], `unknown reference "${entry.value.reference}"`);
    const { low, high } = entry.value;
    if (low !== null && high !== null && low >= high) fail(entry, [], `low ${low} is not below high ${high}`);
    for (const bound of [low, high]) {
      if (analyte && bound !== null && (bound < analyte.plausible[0] || bound > analyte.plausible[1]))
        fail(entry, [], `bound ${bound} is outside what the analyte calls plausible`);
    }
  }
}

/** A source is linked when it has an address: then somebody looked it up, and the file says when and how. */
function checkReferences(entries: Entries, fail: Fail): void {
  for (const entry of entries.references) {
    const { url, checked } = entry.value;
    if (url && !checked)
      fail(entry, ['url'], 'has an address but no `checked: date, how`: look it up, or take it out');
  }
}

function checkTestsAndBreeds(entries: Entries, bundle: KnowledgeBundle, fail: Fail): void {
  for (const entry of entries.tests) {
    entry.value.reveals.forEach((finding, i) => {
      if (!(finding in bundle.findings)) fail(entry, ['reveals', i], `unknown finding "${finding}"`);
    });
  }
  const groups = new Set(entries.breeds.flatMap((e) => e.value.groups));
  for (const entry of entries.breeds) {
    if (groups.has(entry.id)) fail(entry, [], 'is both a breed and a breed group');
  }
}

function checkConditions(entries: Entries, bundle: KnowledgeBundle, fail: Fail): void {
  const groups = new Set(entries.breeds.flatMap((e) => e.value.groups));
  for (const entry of entries.conditions) {
    const { value } = entry;
    const [, folder, name] = /^conditions\/([^/]+)\/([^/]+)\.ya?ml$/.exec(entry.file) ?? [];
    if (name !== value.id) fail(entry, ['id'], `file is named "${name ?? entry.file}"`);
    if (folder !== value.system)
      fail(entry, ['system'], `system is "${value.system}", folder "${folder ?? ''}"`);
    for (const finding of Object.keys(value.findings)) {
      checkConditionFinding(entry, finding, bundle, fail);
    }
    value.against.forEach((finding, i) => {
      if (!(finding in bundle.findings)) fail(entry, ['against', i], `unknown finding "${finding}"`);
      if (finding in value.findings) fail(entry, ['against', i], `"${finding}" is both for and against`);
    });
    value.tests.forEach(({ test }, i) => {
      if (!(test in bundle.tests)) fail(entry, ['tests', i, 'test'], `unknown test "${test}"`);
    });
    value.references.forEach((reference, i) => {
      if (!(reference in bundle.references))
        fail(entry, ['references', i], `unknown reference "${reference}"`);
    });
    for (const breed of Object.keys(value.signalment.breeds ?? {})) {
      if (breed !== 'other' && !(breed in bundle.breeds) && !groups.has(breed))
        fail(entry, ['signalment', 'breeds', breed], `unknown breed or breed group "${breed}"`);
    }
    checkSignalment(entry, fail);
  }
}

function checkConditionFinding(
  entry: Entries['conditions'][number],
  id: string,
  bundle: KnowledgeBundle,
  fail: Fail,
): void {
  const finding = bundle.findings[id];
  if (!finding) fail(entry, ['findings', id], `unknown finding "${id}"`);
  else if (
    finding.species &&
    !Object.keys(entry.value.species).some((a) => finding.species?.some((s) => s === a))
  )
    fail(entry, ['findings', id], `"${id}" does not exist in the animals of this condition`);
}

function checkSignalment(entry: Entries['conditions'][number], fail: Fail): void {
  const { species, signalment, findings } = entry.value;
  if (Object.keys(species).length === 0) fail(entry, ['species'], 'names no animal');
  const { age, sex } = signalment;
  if (age?.some((year, i) => i > 0 && year < (age[i - 1] as number)))
    fail(entry, ['signalment', 'age'], `ages ${age.join(', ')} do not rise`);
  if (sex && Object.keys(sex).length === 4 && Object.values(sex).every((m) => m === 0))
    fail(entry, ['signalment', 'sex'], 'no sex is left');
  const count = Object.keys(findings).length;
  if (count < 8) fail(entry, ['findings'], `only ${count} findings`, 'warning');
}

/** Names and synonyms that two conditions share. Sharing an animal too, they are the same disease twice. */
function checkConditionNames(entries: Entries, fail: Fail): void {
  const owners = new Map<string, Entries['conditions']>();
  for (const entry of entries.conditions) {
    const names = new Set([entry.value.name.en, ...entry.value.synonyms].map(normaliseName));
    for (const name of names) {
      for (const other of owners.get(name) ?? []) {
        const shared = Object.keys(entry.value.species).some((a) => a in other.value.species);
        const path = normaliseName(entry.value.name.en) === name ? ['name'] : ['synonyms'];
        fail(
          entry,
          path,
          `"${name}" is also a name of ${other.id} (${other.file})`,
          shared ? 'error' : 'warning',
        );
      }
      owners.set(name, [...(owners.get(name) ?? []), entry]);
    }
  }
}

function checkRedFlags(entries: Entries, bundle: KnowledgeBundle, fail: Fail): string[] {
  const conditions = new Set(bundle.conditions.map((c) => c.id));
  const missing = new Set<string>();
  const breedWords = new Set(entries.breeds.flatMap((e) => [e.id, ...e.value.groups]));
  for (const entry of entries.redFlags) {
    const { when, references } = entry.value;
    for (const list of ['all', 'any', 'none'] as const) {
      when[list].forEach((finding, i) => {
        if (!(finding in bundle.findings)) fail(entry, ['when', list, i], `unknown finding "${finding}"`);
      });
    }
    if (when.all.length + when.any.length === 0) fail(entry, ['when'], 'needs a finding in all or any');
    if (when.any.length > 0 && when.atLeast > when.any.length)
      fail(entry, ['when', 'atLeast'], 'asks for more findings than any lists');
    when.breeds?.forEach((breed, i) => {
      if (!breedWords.has(breed))
        fail(entry, ['when', 'breeds', i], `unknown breed or breed group "${breed}"`);
    });
    references.forEach((reference, i) => {
      if (!(reference in bundle.references))
        fail(entry, ['references', i], `unknown reference "${reference}"`);
    });
    for (const condition of entry.value.conditions) if (!conditions.has(condition)) missing.add(condition);
  }
  return [...missing].sort();
}

function orphans(entries: Entries, bundle: KnowledgeBundle): string[] {
  const used = new Set<string>();
  const use = (id: string): void => {
    if (used.has(id)) return;
    used.add(id);
    for (const parent of bundle.findings[id]?.parents ?? []) use(parent);
  };
  for (const { value } of entries.conditions) [...Object.keys(value.findings), ...value.against].forEach(use);
  for (const { value } of entries.redFlags)
    [...value.when.all, ...value.when.any, ...value.when.none].forEach(use);
  return entries.findings
    .filter((e) => !used.has(e.id) && !e.value.parents.some((p) => used.has(p)))
    .map((e) => e.id)
    .sort();
}
