import type { Problem } from '@mozarela/contract/common';

export type FieldErrors = Record<string, string>;

/** A refused or failed request. `code` is the contract's error code, or `offline` when no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  /** Seconds to wait, from Retry-After. */
  readonly retryAfter: number | null;
  /** Field path ("email", "clinicalSigns") -> what is wrong with it. */
  readonly fields: FieldErrors;

  constructor(
    status: number,
    problem: Partial<Problem> & { code: string },
    retryAfter: number | null = null,
  ) {
    super(problem.detail || problem.title || problem.code);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code;
    this.requestId = problem.requestId ?? null;
    this.retryAfter = retryAfter;
    this.fields = Object.fromEntries(
      (problem.errors ?? []).map(({ path, message }) => [fieldName(path), message]),
    );
  }
}

/** "/body/email" and "body.email" both mean the field `email`. */
function fieldName(path: string): string {
  return path
    .replace(/^[/.]?body[/.]/, '')
    .replace(/^[/.]/, '')
    .replaceAll('/', '.');
}

export function hasCode(error: unknown, ...codes: string[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.code);
}
