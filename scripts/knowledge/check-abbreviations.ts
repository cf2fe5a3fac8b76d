/** Whether the shorthand of `abbreviations.yaml` speaks of findings and analytes that exist. */
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import type { Path, Problem } from './source.ts';

export function checkAbbreviations(
  bundle: KnowledgeBundle,
  problems: Problem[],
  lineOf: (path: Path) => number | null,
): void {
  const { normal, panels, dipstick, fluids, signalment, durations } = bundle.abbreviations;
  const need = (kind: 'finding' | 'analyte', id: string, path: Path) => {
    if (id in (kind === 'finding' ? bundle.findings : bundle.analytes)) return;
    problems.push({
      level: 'error',
      file: 'abbreviations.yaml',
      line: lineOf(path),
      message: `unknown ${kind} "${id}"`,
    });
  };
  const { companionsIll } = bundle.abbreviations;
  if (companionsIll) need('finding', companionsIll, ['companionsIll']);
  normal.forEach(({ deny }, i) => {
    deny.forEach((id, k) => {
      need('finding', id, ['normal', i, 'deny', k]);
    });
  });
  panels.forEach(({ analytes }, i) => {
    for (const id of analytes) need('analyte', id, ['panels', i]);
  });
  fluids.forEach(({ instead }, i) => {
    for (const [name, meant] of Object.entries(instead))
      for (const id of [name, meant]) if (id !== null) need('analyte', id, ['fluids', i]);
  });
  for (const [part, list] of Object.entries({ dipstick, signalment, durations }))
    list.forEach(({ finding }, i) => {
      need('finding', finding, [part, i]);
    });
}
