/**
 * Where the newest write of each scope ended, shared by all instances: what a replica must have replayed before it may
 * answer for that scope.
 */
import type { Scope } from './port.ts';

/** A position in the write-ahead log, opaque but for its order: later ones are greater as strings. */
export type Position = string;

export type WriteMarks = {
  /** The newest position of the last minute; null when there is none; `unknown` when one may have been lost. */
  get(scope: Scope): Promise<Position | null | 'unknown'>;
  /**
   * Notes a position unless a newer one is known.
   * @throws when other instances may not learn of it
   */
  set(scope: Scope, position: Position): Promise<void>;
  close(): Promise<void>;
};

/** For a single process. */
export function memoryMarks(): WriteMarks {
  const marks = new Map<Scope, Position>();
  return {
    get: async (scope) => marks.get(scope) ?? null,
    async set(scope, position) {
      const known = marks.get(scope);
      if (known === undefined || known < position) marks.set(scope, position);
    },
    async close() {},
  };
}
