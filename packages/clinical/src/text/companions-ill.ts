/** Other animals that are ill too: a finding of its own, whichever signs they show. */
import type { Found } from './findings.ts';
import type { TextModel } from './model.ts';

const SIGNS: ReadonlySet<string> = new Set(['sign', 'exam', 'vital']);

/** The finding that companions are ill, at the place where the note says so; nothing when it is stated anyway. */
export function companionsIll(model: TextModel, findings: readonly Found[]): Found[] {
  const id = model.companionsIll;
  const label = id === null ? undefined : model.findings[id]?.label.en;
  if (id === null || label === undefined || findings.some((f) => f.id === id)) return [];
  const told = findings.find(
    (f) => f.assertion === 'other_animal' && SIGNS.has(model.findings[f.id]?.kind ?? ''),
  );
  return told ? [{ ...told, id, label, assertion: 'present', inferred: false }] : [];
}
