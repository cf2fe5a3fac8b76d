import type { AnalysisResult } from '@mozarela/clinical/types';
import type { Analysis } from '@mozarela/contract/analyses';

/** A stored answer as the engine's type: the contract leaves the list of animals open, the engine made it. */
export function storedResult(analysis: Analysis | undefined): AnalysisResult | null {
  return (analysis?.result as AnalysisResult | null | undefined) ?? null;
}
