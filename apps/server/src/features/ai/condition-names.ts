/** From the name that a model gives to the condition of the knowledge base, and whether this patient can have it. */
import type { Animal } from '@mozarela/clinical/animals';
import type { Condition, KnowledgeBundle } from '@mozarela/clinical/knowledge/schema';
import { normaliseName } from '@mozarela/clinical/names';
import { gate, gateWords } from '@mozarela/clinical/score/signalment';
import type { Signalment } from '@mozarela/clinical/types';

export type NamedCondition =
  | { kind: 'known'; condition: Condition }
  | { kind: 'unknown' }
  | { kind: 'impossible'; reason: string };

export type ConditionNames = { find(name: string, signalment: Signalment): NamedCondition };

/** Words before a name that do not make it another disease. */
const QUALIFIER =
  /^(?:acute|chronic|subacute|suspected|possible|probable|likely|early|severe|mild|primary|idiopathic|canine|feline|equine|bovine|ovine|caprine|porcine|avian|leporine|rabbit|dog|cat|horse|infectious|typical|atypical|spontaneous|generali[sz]ed) /;
const TAIL =
  / (?:in (?:dogs|cats|horses|cattle|rabbits|birds)|of (?:dogs|cats|horses|cattle)|due to .*|secondary to .*|with .*|or .*|syndrome|disease)$/;

const ADJECTIVES: Record<string, Animal> = {
  canine: 'dog',
  feline: 'cat',
  equine: 'horse',
  bovine: 'cow',
  avian: 'bird',
  ovine: 'sheep',
  caprine: 'goat',
  porcine: 'pig',
};
const FEMALE_ONLY =
  /\b(?:pyometra|metritis|endometri\w*|uter(?:us|ine)\b.*|ovar(?:y|ian)\b.*|vagin\w*|dystocia|pregnan\w*|pseudopregnan\w*|eclampsia|puerperal\b.*)/;
const MALE_ONLY =
  /\b(?:prostat\w*|testic\w*|orchitis|penile|penis|preput\w*|balanoposthitis|scrot\w*|cryptorchid\w*|paraphimosis)/;

/** Name and synonyms of all conditions, each as people mean it (names.ts of the engine). */
export function conditionNames(bundle: KnowledgeBundle): ConditionNames {
  const index = new Map<string, Condition[]>();
  for (const condition of bundle.conditions) {
    const { name, synonyms, pt } = condition;
    for (const text of new Set([name.en, name.pt ?? '', ...synonyms, ...pt].map(normaliseName)))
      if (text) index.set(text, [...(index.get(text) ?? []), condition]);
  }
  return {
    find(name, signalment) {
      for (const text of spellings(name)) {
        const named = index.get(text);
        if (!named) continue;
        const condition = named.find((entry) => gate(entry, signalment) === null);
        if (condition) return { kind: 'known', condition };
        const ruledOut = gate(named[0]!, signalment);
        return { kind: 'impossible', reason: ruledOut === null ? '' : gateWords(ruledOut, signalment) };
      }
      const reason = impossibleByWords(normaliseName(name), signalment);
      return reason === null ? { kind: 'unknown' } : { kind: 'impossible', reason };
    },
  };
}

/** The name as given, then what is outside and inside its brackets, then without what qualifies it. */
function spellings(name: string): string[] {
  const bracket = /^(.*?)\(([^)]*)\)(.*)$/.exec(name);
  const forms = [
    name,
    ...(bracket ? [`${bracket[1]} ${bracket[3]}`, bracket[2] ?? ''] : []),
    ...name.split(/\s[/-]\s|,/),
  ];
  const spelled = new Set<string>();
  for (const form of forms.map(normaliseName)) {
    let text = form;
    spelled.add(text);
    for (let shorter = text.replace(QUALIFIER, ''); shorter !== text; shorter = text.replace(QUALIFIER, '')) {
      text = shorter;
      spelled.add(text);
    }
    spelled.add(text.replace(TAIL, ''));
  }
  spelled.delete('');
  return [...spelled];
}

/** What the words of an unknown name say about species and sex. */
function impossibleByWords(name: string, { animals, sex, resolved }: Signalment): string | null {
  const adjective = Object.keys(ADJECTIVES).find((word) =>
    new RegExp(`\\b${word}\\b(?! (?:tooth|teeth))`).test(name),
  );
  if (adjective && resolved && !animals.includes(ADJECTIVES[adjective]!))
    return `named after another animal (${adjective})`;
  if ((sex === 'M' || sex === 'MN') && FEMALE_ONLY.test(name)) return 'cannot occur in a male';
  if ((sex === 'F' || sex === 'FS') && MALE_ONLY.test(name)) return 'cannot occur in a female';
  return null;
}
