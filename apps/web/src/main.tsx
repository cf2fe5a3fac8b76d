import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './app/styles.ts';
import './i18n/i18n.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/Providers.tsx';
import { reloadWhenOutdated } from './app/reloadWhenOutdated.ts';

reloadWhenOutdated();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
);
