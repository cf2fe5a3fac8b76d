import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { ApiError } from '../../../lib/apiError.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { useChangePassword } from '../api/changePassword.ts';

const MIN_PASSWORD = 12;

export function PasswordForm() {
  const { t } = useTranslation();
  const change = useChangePassword();
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (value) => (value ? null : t('auth.required')),
      newPassword: (value) =>
        value.length >= MIN_PASSWORD ? null : t('auth.passwordShort', { count: value.length }),
    },
  });
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        form.reset();
        notifyDone(t('profile.passwordSaved'));
      },
      onError: (error) => error instanceof ApiError && form.setErrors(error.fields),
    }),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        {change.error && <ErrorState error={change.error} />}
        <PasswordInput
          label={t('profile.currentPassword')}
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label={t('profile.newPassword')}
          description={t('auth.passwordHint')}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        <div>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('profile.passwordSave')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
