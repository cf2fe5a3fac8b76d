import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { Logo } from '../../components/Logo.tsx';
import type { Me } from '../../lib/me.ts';
import classes from './Shell.module.css';

/** Menus are not part of the visitors' first page. */
const AccountMenu = lazy(async () => ({ default: (await import('./AccountMenu.tsx')).AccountMenu }));

type Props = { me: Me | null };

export function Header({ me }: Props) {
  const { t } = useTranslation();
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <Link to="/" className={classes.brand}>
          <Logo />
          <span>
            Mozarela<span className={classes.suffix}>.MD</span>
          </span>
        </Link>
        <nav className={classes.nav} aria-label={t('nav.main')}>
          {me && <MainLinks />}
        </nav>
        {me ? (
          <Suspense>
            <AccountMenu me={me} />
          </Suspense>
        ) : (
          <SignedOutLinks />
        )}
      </div>
    </header>
  );
}

function MainLinks() {
  const { t } = useTranslation();
  const links = [
    { to: '/cases/new', label: t('nav.newCase') },
    { to: '/cases', label: t('nav.cases') },
    { to: '/protocols', label: t('nav.protocols') },
    { to: '/conditions', label: t('nav.conditions') },
  ];
  return links.map(({ to, label }) => (
    <NavLink key={to} to={to} end className={`${classes.link} mantine-visible-from-sm`}>
      {label}
    </NavLink>
  ));
}

function SignedOutLinks() {
  const { t } = useTranslation();
  return (
    <>
      <Button component={Link} to="/sign-in" variant="subtle" color="gray" px="xs">
        {t('nav.signIn')}
      </Button>
      <Button component={Link} to="/sign-up" visibleFrom="xs">
        {t('nav.signUp')}
      </Button>
    </>
  );
}
