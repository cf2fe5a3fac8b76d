/** Is every phrase of a finding read as that finding? Shows shadowed phrases and ones that the text engine trips over. */
import { type Animal, SPECIES } from '../../packages/clinical/src/animals.ts';
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import { compileTextModel, extract } from '../../packages/clinical/src/text/extract.ts';

export type Misread = { finding: string; phrase: string; read: string[] };

/** Phrases that, as a whole note, do not yield their finding or a child of it as present. */
export function findMisread(bundle: KnowledgeBundle): Misread[] {
  const model = compileTextModel(bundle);
  const misread: Misread[] = [];
  // Age and sex decide these, not words.
  const decided = new Set(bundle.abbreviations.signalment.map((s) => s.finding));
  for (const [id, finding] of Object.entries(bundle.findings)) {
    if (decided.has(id)) continue;
    const animal: Animal = finding.species?.[0] ?? 'dog';
    const own = SPECIES.find((s) => s === animal);
    for (const phrase of [...finding.words, ...finding.pt]) {
      const { findings } = extract(model, {
        species: own ?? 'other',
        breed: own ? null : animal.replace('_', ' '),
        clinicalSigns: `${phrase}.`,
      });
      if (findings.some((f) => f.assertion === 'present' && implies(bundle, f.id, id))) continue;
      misread.push({ finding: id, phrase, read: findings.map((f) => `${f.id} ${f.assertion}`) });
    }
  }
  return misread;
}

function implies(bundle: KnowledgeBundle, child: string, parent: string): boolean {
  return child === parent || (bundle.findings[child]?.parents ?? []).some((p) => implies(bundle, p, parent));
}
