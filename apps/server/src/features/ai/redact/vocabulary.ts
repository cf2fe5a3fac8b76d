/** The words that the knowledge base speaks: what a note is made of, and what is no name on a guess. */
import type { KnowledgeBundle } from '@mozarela/clinical/knowledge/schema';
import type { Vocabulary } from './names.ts';
import { fold } from './spans.ts';

/** Words of three letters and more, in all their places: findings, analytes, breeds, conditions, tests. */
export function vocabularyOf(bundle: KnowledgeBundle): Vocabulary {
  const words = new Set<string>();
  const take = (text: string) => {
    for (const [word] of fold(text).matchAll(/[a-z]{3,}/g)) words.add(word);
  };
  const takeLabel = ({ en, pt }: { en: string; pt?: string | undefined }) => [en, pt ?? ''].forEach(take);
  for (const { label, words: phrases, pt } of Object.values(bundle.findings)) {
    takeLabel(label);
    [...phrases, ...pt].forEach(take);
  }
  for (const { names, pt } of Object.values(bundle.analytes)) [...names, ...pt].forEach(take);
  for (const { name, aliases } of Object.values(bundle.breeds)) [name, ...aliases].forEach(take);
  for (const { name, synonyms, pt } of bundle.conditions) {
    takeLabel(name);
    [...synonyms, ...pt].forEach(take);
  }
  for (const { label } of Object.values(bundle.tests)) takeLabel(label);
  return words;
}
