import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { ApiError } from '../../../lib/apiError.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { useResetPassword } from '../api/resetPassword.ts';
import { AuthCard } from '../components/AuthCard.tsx';
import { useAuthFields } from '../components/useAuthFields.ts';

export function ResetPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // The token comes in the fragment, which browsers never send, and leaves the address bar at once.
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), []);
  const reset = useResetPassword();
  const checks = useAuthFields();
  usePageTitle(t('auth.resetTitle'));
  const form = useForm({ initialValues: { password: '' }, validate: { password: checks.newPassword } });
  const submit = form.onSubmit(({ password }) =>
    reset.mutate(
      { token, password },
      {
        onSuccess: () => {
          notifyDone(t('auth.resetDone'));
          void navigate('/sign-in');
        },
        onError: (error) => error instanceof ApiError && form.setErrors(error.fields),
      },
    ),
  );
  return (
    <AuthCard title={t('auth.resetTitle')} lead={t('auth.resetLead')}>
      {token ? (
        <form noValidate onSubmit={submit}>
          <Stack>
            {reset.error && <ErrorState error={reset.error} />}
            <PasswordInput
              label={t('auth.newPassword')}
              description={t('auth.passwordHint')}
              autoComplete="new-password"
              {...form.getInputProps('password')}
            />
            <Button type="submit" loading={reset.isPending} size="md">
              {t('auth.resetSubmit')}
            </Button>
          </Stack>
        </form>
      ) : (
        <Alert color="amber">{t('auth.resetMissing')}</Alert>
      )}
    </AuthCard>
  );
}
