/** The clinical engine: text to findings to ranked differentials. Pure, the same in Node and in the browser. */
import { assembleEngine, type Engine } from './assemble.ts';
import type { KnowledgeBundle } from './knowledge/schema.ts';
import type { Parameters } from './score/parameters.ts';
import { compileTextModel, extract } from './text/extract.ts';

export type { Engine } from './assemble.ts';

/** Compiles a knowledge bundle; do it once. `parameters` are for measuring (scripts/eval.ts), not for products. */
export function createEngine(
  bundle: KnowledgeBundle,
  options: { parameters?: Partial<Parameters> } = {},
): Engine {
  const model = compileTextModel(bundle);
  return assembleEngine(
    bundle,
    {
      extract: (input) => extract(model, input),
      compileKeywords: () => ({ match: () => [] }),
    },
    options.parameters,
  );
}
