import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useMe } from '../../lib/me.ts';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import classes from './Shell.module.css';
import { TabBar } from './TabBar.tsx';

/** The workbench puts its own summary bar where the tab bar would be. */
const OWN_BAR = /^\/cases\/(new|[^/]+\/edit)$/;

/** Frame of every page: header, main, footer; on a phone the tabs lie under the thumb. */
export function Shell() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);

  // A screen reader follows to the new page; the first page keeps the browser's own focus.
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  const tabs = Boolean(me) && !OWN_BAR.test(pathname);
  return (
    <div className={classes.frame} data-tabs={tabs || undefined}>
      <a className={classes.skip} href="#main">
        {t('app.skip')}
      </a>
      <Header me={me ?? null} />
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Footer />
      {tabs && <TabBar />}
      <ScrollRestoration />
    </div>
  );
}
