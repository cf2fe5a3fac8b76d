import { IconCsv, IconNotes, IconSquareRoundedPlus, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import classes from './Shell.module.css';

/** Navigation on a phone, within reach of the thumb. */
export function TabBar() {
  const { t } = useTranslation();
  const tabs = [
    { to: '/cases', label: t('nav.cases'), Icon: IconNotes },
    { to: '/cases/new', label: t('nav.newCase'), Icon: IconSquareRoundedPlus },
    { to: '/protocols', label: t('nav.protocols'), Icon: IconCsv },
    { to: '/profile', label: t('nav.profile'), Icon: IconUserCircle },
  ];
  return (
    <nav className={classes.tabs} aria-label={t('nav.main')}>
      {tabs.map(({ to, label, Icon }) => (
        <NavLink key={to} to={to} end className={classes.tab}>
          <Icon size={22} aria-hidden />
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
