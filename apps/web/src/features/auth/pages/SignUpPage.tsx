import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useSearchParams } from 'react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { ApiError } from '../../../lib/apiError.ts';
import { useInstallation } from '../../../lib/installation.ts';
import { useMe } from '../../../lib/me.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { useSignUp } from '../api/signUp.ts';
import { AuthCard } from '../components/AuthCard.tsx';
import { nextPath } from '../components/nextPath.ts';
import { useAuthFields } from '../components/useAuthFields.ts';

const EMPTY = { fullName: '', email: '', password: '', clinicName: '', invitation: '', setupToken: '' };

/** Optional fields that were left empty are not sent at all. */
function withoutEmpty({ fullName, email, password, ...optional }: typeof EMPTY) {
  const filled = Object.entries(optional).filter(([, value]) => value.trim() !== '');
  return { fullName: fullName.trim(), email, password, ...Object.fromEntries(filled) };
}

export function SignUpPage() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [params] = useSearchParams();
  const { data: me } = useMe();
  const { data: installation } = useInstallation();
  const signUp = useSignUp();
  const checks = useAuthFields();
  const fresh = installation?.fresh ?? false;
  const needsToken = installation?.setupTokenRequired ?? false;
  const needsInvitation = installation?.registration === 'invite' && !fresh;
  usePageTitle(t(fresh ? 'auth.freshTitle' : 'auth.signUpTitle'));
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      fullName: checks.required,
      email: checks.email,
      password: checks.newPassword,
      setupToken: (value) => (needsToken ? checks.required(value) : null),
      invitation: (value) => (needsInvitation ? checks.required(value) : null),
    },
  });
  if (me) return <Navigate to={nextPath(params)} replace />;

  const submit = form.onSubmit((values) =>
    signUp.mutate(withoutEmpty(values), {
      onError: (error) => error instanceof ApiError && form.setErrors(error.fields),
    }),
  );

  return (
    <AuthCard
      title={t(fresh ? 'auth.freshTitle' : 'auth.signUpTitle')}
      lead={t(fresh ? 'auth.freshLead' : 'auth.signUpLead')}
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          {signUp.error && <ErrorState error={signUp.error} />}
          <TextInput label={t('auth.fullName')} autoComplete="name" {...form.getInputProps('fullName')} />
          <TextInput
            label={t('auth.email')}
            type="email"
            autoComplete="username"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('auth.password')}
            description={t('auth.passwordHint')}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {!needsInvitation && (
            <TextInput
              label={`${t('auth.clinicName')} (${t('state.optional')})`}
              description={t('auth.clinicHint')}
              autoComplete="organization"
              {...form.getInputProps('clinicName')}
            />
          )}
          {needsInvitation && (
            <TextInput
              label={t('auth.invitation')}
              description={t('auth.invitationHint')}
              {...form.getInputProps('invitation')}
            />
          )}
          {needsToken && (
            <TextInput
              label={t('auth.setupToken')}
              description={t('auth.setupTokenHint')}
              autoComplete="off"
              {...form.getInputProps('setupToken')}
            />
          )}
          <Button type="submit" loading={signUp.isPending} size="md">
            {t('auth.submitSignUp')}
          </Button>
          {!fresh && (
            <Text size="sm">
              {t('auth.haveAccount')}{' '}
              <Anchor component={Link} to={`/sign-in${search}`} underline="always">
                {t('nav.signIn')}
              </Anchor>
            </Text>
          )}
        </Stack>
      </form>
    </AuthCard>
  );
}
