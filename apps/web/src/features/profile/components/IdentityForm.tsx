import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { ApiError } from '../../../lib/apiError.ts';
import type { Me } from '../../../lib/me.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { usePatchMe } from '../api/patchMe.ts';

type Props = { me: Me };

/** Name, e-mail and, for its owner, the clinic's name. Only what changed is sent. */
export function IdentityForm({ me }: Props) {
  const { t } = useTranslation();
  const patch = usePatchMe();
  const owner = me.clinic.role === 'owner';
  const form = useForm({
    initialValues: { fullName: me.fullName, email: me.email, clinicName: me.clinic.name, password: '' },
  });
  const { fullName, email, clinicName } = form.values;
  const newEmail = email.trim() !== me.email;
  const changes = {
    fullName: fullName.trim() !== me.fullName ? fullName.trim() : undefined,
    email: newEmail ? email : undefined,
    clinicName: clinicName.trim() !== me.clinic.name ? clinicName.trim() : undefined,
  };
  const changed = Object.values(changes).some((value) => value !== undefined);
  const submit = form.onSubmit(({ password }) =>
    patch.mutate(
      { ...changes, password: newEmail ? password : undefined },
      {
        onSuccess: () => {
          form.setFieldValue('password', '');
          notifyDone(t('profile.saved'));
        },
        onError: (error) => error instanceof ApiError && form.setErrors(error.fields),
      },
    ),
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {patch.error && <ErrorState error={patch.error} />}
        <TextInput
          label={t('profile.name')}
          autoComplete="name"
          maxLength={120}
          {...form.getInputProps('fullName')}
        />
        <TextInput
          label={t('profile.email')}
          type="email"
          autoComplete="email"
          {...form.getInputProps('email')}
        />
        {newEmail && (
          <PasswordInput
            label={t('profile.emailPassword')}
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
        )}
        <TextInput
          label={t('profile.clinic')}
          description={owner ? undefined : t('profile.clinicOwner')}
          readOnly={!owner}
          maxLength={120}
          {...form.getInputProps('clinicName')}
        />
        <Text size="sm" c="dimmed">
          {t(`profile.role.${me.clinic.role}`)}
        </Text>
        <div>
          <Button type="submit" loading={patch.isPending} disabled={!changed}>
            {t('action.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
