import { email as emailSchema } from '@mozarela/contract/auth';
import { useTranslation } from 'react-i18next';

const MIN_PASSWORD = 12;

/** Checks of the sign-up and sign-in fields: a message, or null when the value is fine. */
export function useAuthFields() {
  const { t } = useTranslation();
  return {
    required: (value: string) => (value.trim() ? null : t('auth.required')),
    email: (value: string) => (emailSchema.safeParse(value).success ? null : t('auth.emailInvalid')),
    newPassword: (value: string) =>
      value.length >= MIN_PASSWORD ? null : t('auth.passwordShort', { count: value.length }),
  };
}
