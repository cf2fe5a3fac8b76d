import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useInstallation } from '../../lib/installation.ts';
import classes from './Shell.module.css';

export function Footer() {
  const { t } = useTranslation();
  const { data } = useInstallation();
  return (
    <footer className={classes.footer}>
      <div className={classes.footerInner}>
        <p>{t('app.disclaimer')}</p>
        <div className={classes.footerLinks}>
          <Link to="/about">{t('nav.about')}</Link>
          <Link to="/quality">{t('nav.quality')}</Link>
          <Link to="/conditions">{t('nav.conditions')}</Link>
          <Link to="/about#licences">{t('nav.licences')}</Link>
          <span>
            {data ? t('app.knowledge', { version: data.knowledgeVersion }) : t('app.knowledgeUnknown')}
          </span>
        </div>
      </div>
    </footer>
  );
}
