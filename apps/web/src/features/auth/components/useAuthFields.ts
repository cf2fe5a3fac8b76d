import { useTranslation } from 'react-i18next';

/** Enough to catch a slip; the server has the last word. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MIN_PASSWORD = 12;

/** Checks of the sign-up and sign-in fields: a message, or null when the value is fine. */
export function useAuthFields() {
  const { t } = useTranslation();
  return {
    required: (value: string) => (value.trim() ? null : t('auth.required')),
    email: (value: string) => (EMAIL.test(value.trim()) ? null : t('auth.emailInvalid')),
    newPassword: (value: string) =>
      value.length >= MIN_PASSWORD ? null : t('auth.passwordShort', { count: value.length }),
  };
}
