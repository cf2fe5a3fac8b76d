/** Words that only signed-in pages need: they come with those pages, not with the first one. */
import i18next from 'i18next';
import { ai } from './en/ai.ts';

i18next.addResourceBundle('en', 'translation', { ai }, true);
