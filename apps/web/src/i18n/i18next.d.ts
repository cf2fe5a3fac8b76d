import 'i18next';
import type { ai } from './en/ai.ts';
import type { en } from './en.ts';
import type { about } from './pages/about.ts';
import type { conditions } from './pages/conditions.ts';
import type { quality } from './pages/quality.ts';
import type { report } from './pages/report.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof en & { ai: typeof ai };
      about: typeof about;
      conditions: typeof conditions;
      quality: typeof quality;
      report: typeof report;
    };
  }
}
