/** Reasons why a language model gave no answer that the catalogue has a sentence for. */
const KNOWN = [
  'ai_rate_limited',
  'ai_overloaded',
  'ai_timeout',
  'ai_cut_off',
  'ai_unreachable',
  'ai_bad_answer',
  'ai_refused',
  'ai_rejected',
  'ai_invalid_credentials',
  'ai_budget_spent',
  'ai_not_configured',
  'ai_not_allowed',
  'attachment_unreadable',
  'attachments_too_large',
  'case_changed',
  'case_gone',
  'analysis_failed',
] as const;

export type AiFailureCode = (typeof KNOWN)[number];

/** The code when it is one of those, else the one for "something on the server". */
export function aiFailureCode(code: string): AiFailureCode {
  return KNOWN.find((known) => known === code) ?? 'analysis_failed';
}

export const isAiFailure = (code: string): boolean => KNOWN.some((known) => known === code);
