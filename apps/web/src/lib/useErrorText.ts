import { useTranslation } from 'react-i18next';
import { ApiError } from './apiError.ts';

/** The contract's codes that have a sentence in the catalogue. */
const KNOWN = [
  'offline',
  'unauthenticated',
  'invalid_credentials',
  'csrf_failed',
  'forbidden',
  'registration_closed',
  'setup_token_required',
  'not_found',
  'email_taken',
  'version_conflict',
  'conflict',
  'gone',
  'payload_too_large',
  'validation_failed',
  'record_signed',
  'rate_limited',
  'internal',
  'ai_not_configured',
  'unavailable',
] as const;
type Known = (typeof KNOWN)[number];

const isKnown = (code: string): code is Known => (KNOWN as readonly string[]).includes(code);

/** Turns an error into a sentence that says what to do. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError) || !isKnown(error.code)) return t('error.unknown');
    return t(`error.${error.code}`, { seconds: error.retryAfter ?? 60, requestId: error.requestId ?? '–' });
  };
}
