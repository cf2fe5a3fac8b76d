/** The clinical engine: text to findings to ranked differentials. Pure, the same in Node and in the browser. */
import { assembleEngine, type Engine } from './assemble.ts';
import type { KnowledgeBundle } from './knowledge/schema.ts';
import type { Parameters } from './score/parameters.ts';
import { compileTextModel, extract, type TextModel } from './text/extract.ts';
import { compileKeywords } from './text/keywords.ts';

export type { Engine } from './assemble.ts';

/**
 * Wraps a knowledge bundle; do it once. The vocabulary is compiled at the first use, which takes far longer than a
 * case: a server analyses an empty note once it listens. `parameters` are for measuring (scripts/eval.ts).
 */
export function createEngine(
  bundle: KnowledgeBundle,
  options: { parameters?: Partial<Parameters> } = {},
): Engine {
  let compiled: TextModel | undefined;
  const model = (): TextModel => {
    compiled ??= compileTextModel(bundle);
    return compiled;
  };
  return assembleEngine(
    bundle,
    {
      extract: (input) => extract(model(), input),
      compileKeywords: (keywords) => compileKeywords(model(), keywords),
    },
    options.parameters,
  );
}
