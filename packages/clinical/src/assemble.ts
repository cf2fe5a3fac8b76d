/** The engine put together from its parts; `engine.ts` does it with the real text engine. */
import type { KnowledgeBundle } from './knowledge/schema.ts';
import { type KeywordReader, scoreProtocol } from './protocol/score.ts';
import type { ParsedProtocol } from './protocol/types.ts';
import { evaluateRedFlags } from './red-flags.ts';
import { analyzeExtraction } from './score/analyze.ts';
import { compileScoring } from './score/model.ts';
import { DEFAULT_PARAMETERS, type Parameters } from './score/parameters.ts';
import { withoutExplained } from './score/rest.ts';
import type { AnalysisResult, CaseInput, Extraction } from './types.ts';

/** What the score needs from the text engine. */
export type TextEngine = { extract: (input: CaseInput) => Extraction; compileKeywords: KeywordReader };

export type Engine = {
  bundle: KnowledgeBundle;
  extract: (input: CaseInput) => Extraction;
  /** The built-in engine on one case. Pure: the same case gives the same answer. */
  analyze: (input: CaseInput) => AnalysisResult;
  /** The clinic's own protocol on one case; its arithmetic is final. */
  analyzeProtocol: (input: CaseInput, protocol: ParsedProtocol) => AnalysisResult;
  /** What is doubtful in keywords of a protocol (`parseProtocol` asks at upload): a threshold without a unit. */
  keywordDoubts: (keywords: readonly string[]) => (string | null)[];
  /** Ranks again without what the first (or the named) diagnosis explains, for a concurrent disease. */
  explainRest: (result: AnalysisResult, diagnosisId?: string) => AnalysisResult;
};

export function assembleEngine(
  bundle: KnowledgeBundle,
  text: TextEngine,
  parameters: Partial<Parameters> = {},
): Engine {
  const model = compileScoring(bundle, { ...DEFAULT_PARAMETERS, ...parameters });
  return {
    bundle,
    extract: text.extract,
    analyze: (input) => {
      const extraction = text.extract(input);
      return analyzeExtraction(model, extraction, evaluateRedFlags(bundle, extraction));
    },
    analyzeProtocol: (input, protocol) => scoreProtocol(bundle, text, input, protocol),
    keywordDoubts: (keywords) => text.compileKeywords(keywords).doubts,
    explainRest: (result, diagnosisId) => {
      const rest = withoutExplained(model, result, diagnosisId);
      return analyzeExtraction(model, rest.extraction, result.redFlags, rest);
    },
  };
}
