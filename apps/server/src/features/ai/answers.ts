/** Checked answers that were paid for, kept for every clinic's next case of the same words; and who is asking now. */
import type { Ports } from '../../ports.ts';
import type { AiUsage } from '../../seams/ai/port.ts';
import type { CheckedAnswer } from './check.ts';

export type KeptAnswer = { checked: CheckedAnswer; model: string; usage: AiUsage };

/** Longer than a job may take: a claim outlives its holder only when the worker was killed. */
const CLAIM_MS = 180_000;

export type Answers = {
  /** Null when there is none, and when the cache cannot be reached. */
  get(key: string): Promise<KeptAnswer | null>;
  put(key: string, answer: KeptAnswer): Promise<void>;
  /** Whether this analysis may ask the model: only one at a time may, of all instances. */
  claim(key: string, analysisId: string): Promise<boolean>;
  release(key: string): Promise<void>;
};

/** The hash tag keeps an answer and its claim on one node of a Cluster. */
const answerKey = (key: string) => `ai:{${key}}:answer`;
const claimKey = (key: string) => `ai:{${key}}:claim`;

export function answersOf({ cache, config }: Pick<Ports, 'cache' | 'config'>): Answers {
  return {
    async get(key) {
      const kept = await cache.get(answerKey(key)).catch(() => null);
      return kept === null ? null : (JSON.parse(kept) as KeptAnswer);
    },
    async put(key, answer) {
      await cache.set(answerKey(key), JSON.stringify(answer), config.ai.cacheTtlMs).catch(() => {});
    },
    async claim(key, analysisId) {
      try {
        if (await cache.add(claimKey(key), analysisId, CLAIM_MS)) return true;
        // Its own claim, from an attempt whose worker is gone.
        return (await cache.get(claimKey(key))) === analysisId;
      } catch {
        // Without a cache there is no single flight, and still an answer.
        return true;
      }
    },
    async release(key) {
      await cache.delete(claimKey(key)).catch(() => {});
    },
  };
}
