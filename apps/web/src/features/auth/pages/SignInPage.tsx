import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useSearchParams } from 'react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useMe } from '../../../lib/me.ts';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { useSignIn } from '../api/signIn.ts';
import { AuthCard } from '../components/AuthCard.tsx';
import { nextPath } from '../components/nextPath.ts';
import { useAuthFields } from '../components/useAuthFields.ts';

export function SignInPage() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [params] = useSearchParams();
  const { data: me } = useMe();
  const signIn = useSignIn();
  const checks = useAuthFields();
  usePageTitle(t('auth.signInTitle'));
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: checks.email, password: checks.required },
  });
  if (me) return <Navigate to={nextPath(params)} replace />;

  return (
    <AuthCard title={t('auth.signInTitle')} lead={t('auth.signInLead')}>
      <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack>
          {/^\/cases\/(new|.*edit)/.test(params.get('next') ?? '') && (
            <Alert color="pine">{t('auth.draftKept')}</Alert>
          )}
          {signIn.error && <ErrorState error={signIn.error} />}
          <TextInput
            label={t('auth.email')}
            type="email"
            autoComplete="username"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('auth.password')}
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.isPending} size="md">
            {t('auth.submitSignIn')}
          </Button>
          <Text size="sm">
            {t('auth.noAccount')}{' '}
            <Anchor component={Link} to={`/sign-up${search}`} underline="always">
              {t('nav.signUp')}
            </Anchor>
          </Text>
          <Text size="xs" c="dimmed">
            {t('auth.forgot')}
          </Text>
        </Stack>
      </form>
    </AuthCard>
  );
}
