import type { AnalysisResult, CaseInput } from '@mozarela/clinical/types';
import { useEffect, useRef, useState } from 'react';
import { analyze } from '../../../lib/engine/client.ts';

/** Long enough not to rank every letter of a fast typist, too short to be noticed. */
const DEBOUNCE_MS = 120;

export type LiveAnalysis = {
  /** The latest answer; it stays while the next one is on its way. */
  result: AnalysisResult | null;
  /** The input that `result` belongs to, for the offsets of its findings. */
  of: CaseInput | null;
  pending: boolean;
  error: Error | null;
  retry: () => void;
};

/** Ranks while typing. An answer that a later input has overtaken is dropped. */
export function useAnalysis(input: CaseInput | null): LiveAnalysis {
  const [state, setState] = useState<Omit<LiveAnalysis, 'retry'>>({
    result: null,
    of: null,
    pending: false,
    error: null,
  });
  const [attempt, setAttempt] = useState(0);
  const newest = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt runs the same input again
  useEffect(() => {
    const turn = ++newest.current;
    if (!input) {
      setState({ result: null, of: null, pending: false, error: null });
      return;
    }
    setState((before) => ({ ...before, pending: true }));
    const settle = (next: Partial<LiveAnalysis>) => {
      if (turn === newest.current)
        setState((before) => ({ ...before, pending: false, error: null, ...next }));
    };
    const timer = setTimeout(() => {
      analyze(input).then(
        (result) => settle({ result, of: input }),
        (error: Error) => settle({ error }),
      );
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [input, attempt]);

  return { ...state, retry: () => setAttempt((count) => count + 1) };
}
