/**
 * Words that change what a finding means, after ConText (Harkema 2009), revised for veterinary notes: "decline" is a
 * sign, "owner" usually reports, "history of ... for 3 days" is the present complaint. Written as `normalise` leaves
 * them; a line holds phrases divided by "|".
 */

import { readCompanion } from './companions.ts';
import type { Token } from './tokens.ts';

export type Mood = 'negated' | 'possible' | 'historical' | 'hypothetical' | 'other_animal' | 'ignored';

/**
 * `forward` acts on what follows, `backward` on what directly precedes, `clause` on all before it in its clause;
 * `none` only keeps its words from acting otherwise, `stop` ends every scope.
 */
export type Reach = 'forward' | 'backward' | 'clause' | 'none' | 'stop';

export type TriggerKind = { mood: Mood; reach: Reach };

const LISTS: [Reach, Mood, string][] = [
  [
    'forward',
    'negated',
    'no|not|non|without|w/o|denies|denied|denying|never|nor|neither|nil|none of|zero|negative for|neg for|tested negative for|free of|free from|clear of|absence of|lack of|lacks|lacking|no evidence of|no sign of|no signs of|no clinical signs of|no indication of|no history of|no hx of|no h/o|no previous|no prior|no known|no further|no more|no obvious|no apparent|no overt|no significant|ruled out|rules out|excluded|excludes|did not|does not|not have|fails to show|failed to show',
  ],
  [
    'forward',
    'negated',
    'nao|sem|nega|negam|negou|nunca|nem|ausencia de|negativo para|negativa para|livre de|sem sinais de|sem evidencia de|sem historia de|sem historico de|descartado|descartada|nao ha|nao tem|nao apresenta|nao apresentou|nao se observa|nao se observam',
  ],
  [
    'backward',
    'negated',
    'absent|negative|neg|-ve|not seen|not observed|not noted|not noticed|not detected|not present|not evident|not found|not identified|not appreciated|not palpated|not heard|not reported|not apparent|not elicited|never seen|never noted|none|none seen|none noted|none detected|nil|denied|ruled out|excluded|unlikely|wnl|nad|normal|unremarkable|within normal limits|within reference range|within reference interval|within normal range|n/a',
  ],
  [
    'backward',
    'negated',
    'ausente|ausentes|negativo|negativa|negativos|negativas|nao observado|nao observada|nao observados|normais|sem alteracoes|descartado|descartada|excluido|excluida',
  ],
  [
    'forward',
    'possible',
    '?|possible|possibly|probable|probably|suspect|suspects|suspected|suspecting|suspicious for|suspicion of|suspicious of|likely|may have|might have|may be|might be|could be|questionable|equivocal|maybe|perhaps|suggestive of|suggests|suggesting|consistent with|compatible with|appears to have|unclear if|unsure if|unsure whether|not sure if|owner thinks|cannot exclude|cannot rule out|can not rule out|+/-|± ',
  ],
  [
    'forward',
    'possible',
    'possivel|possivelmente|provavel|provavelmente|suspeita de|suspeito|suspeita|talvez|sugestivo de|sugestiva de|compativel com|parece ter',
  ],
  ['backward', 'possible', 'possible|suspected|questionable|equivocal|likely|possivel|suspeito|provavel'],
  [
    'forward',
    'hypothetical',
    'rule out|rule-out|r/o|to rule out|ddx|ddxs|dd|differentials|differentials include|differential|consider|considering|risk of|at risk of|at risk for|increased risk of|risk for|if|in case of|in case|should|monitor for|monitoring for|watch for|watch out for|look out for|return if|to prevent|prevent|prevention of|avoid|advised|advise|discussed|warned|would be|would expect|could develop|may develop|might develop|can cause|may cause|could cause|due to possible|vs',
  ],
  [
    'forward',
    'hypothetical',
    'se|descartar|excluir|risco de|vigiar|monitorizar|caso|diferenciais|para descartar|para excluir|prevenir',
  ],
  [
    'forward',
    'historical',
    'previous|previously|prior|past|history of|hx of|h/o|previous history of|prior history of|past history of|known history of|long history of|past hx of|previous hx of|formerly|used to|used to have|no longer|last year|last month|years ago|year ago|months ago|as a puppy|as a kitten|as a foal|as a calf|when young|resolved|recovered from|had previously|stopped|historia de|historico de|antecedentes de|anteriormente|previamente|ano passado|deixou de ter',
  ],
  [
    'clause',
    'historical',
    'last year|years ago|year ago|yrs ago|yr ago|months ago|in the past|previously|as a puppy|as a kitten|as a foal|as a calf|as a juvenile|when young|when he was young|when she was young|resolved|now resolved|has resolved|have resolved|since resolved|self resolved|resolved itself|has stopped|stopped|has since stopped|no longer present|anos atras|ano passado|resolvido|resolvida|ja resolvido|no passado',
  ],
  [
    'backward',
    'ignored',
    'test|tests|tested|testing|vaccine|vaccines|vaccination|vaccinations|vaccinated|vax|vacc|booster|jab|titer|titers|titre|titres|antigen|antibody|antibodies|serology|pcr|panel|screen|screening|prophylaxis|preventative|preventatives|preventive|preventives|prevention|treatment|treatments|medication|medications|meds|tablets|therapy|diet|shampoo|snap|elisa|vaccinal',
  ],
  [
    'forward',
    'ignored',
    'vaccinated for|vaccinated against|vaccination for|vaccination against|vaccinations for|vaccinations against|vaccine for|vaccine against|vaccines for|vaccines against|vaccinated vs|immunised against|immunized against|tested for|test for|tests for|testing for|screened for|screening for|screen for|checked for|check for|checking for|looking for|look for|treated for|treat for|treatment for|treatment of|treating for|treated against|medicated for|medication for|medications for|meds for|therapy for|prophylaxis for|prophylaxis against|prevention for|preventative for|preventive for|protection against|wormed for|wormed against|insurance for|surgery for|investigated for|investigate for|allergic to|submitted for|sent for|sent off for|pending for|awaiting',
  ],
  [
    'forward',
    'ignored',
    'vacinado para|vacinado contra|vacinada para|vacinada contra|vacina contra|vacina de|vacina para|vacinas|vacinacao contra|teste de|teste para|testado para|testada para|tratado para|tratada para|tratamento para|medicado para|medicada para',
  ],
  [
    'none',
    'negated',
    'no change in|no changes in|no improvement in|no improvement|no increase in|no decrease in|not only|no better|no worse|no doubt|not sure|not certain|no response to|not responding to|not responded to|not resolved|not resolving|unresolved|not improved|not improving|no relief|without improvement|without success|without response|no effect|not necessarily|not always|no matter|no idea|no doubt|not yet|tested positive for|positive for|not normal|not wnl|no less|not helped|nao so|nao melhorou|sem melhoria|sem melhoras|not just|not vaccinated|not treated|not tested|non specific|no cause for',
  ],
  [
    'none',
    'historical',
    'previously healthy|previously well|previously normal|previously fit|prior to|past medical|past due|past week|past weeks|past day|past days|past month|past months|past few|past couple|past several|past hour|past hours|past the|last few',
  ],
  ['none', 'hypothetical', 'if anything|should be noted|dd negative'],
  ['none', 'possible', 'likely to'],
  [
    'stop',
    'negated',
    'but|however|except|except for|although|though|apart from|aside from|other than|now|currently|today|whereas|despite|yet|presented with|presents with|presenting with|mas|porem|exceto|excepto|agora|contudo|embora|with the exception of|otherwise than',
  ],
];

type Branch = { next: Map<string, Branch>; kinds: TriggerKind[] };

function build(): Branch {
  const root: Branch = { next: new Map(), kinds: [] };
  for (const [reach, mood, phrases] of LISTS) {
    for (const phrase of phrases.split('|')) {
      let branch = root;
      for (const word of words(phrase)) {
        const next: Branch = branch.next.get(word) ?? { next: new Map(), kinds: [] };
        branch.next.set(word, next);
        branch = next;
      }
      branch.kinds.push({ mood, reach });
    }
  }
  return root;
}

/** "w/o" comes as three tokens, "rule-out" as two. */
function words(phrase: string): string[] {
  return phrase.trim().match(/[a-z']+|\(-\)|\S/g) ?? [];
}

/** A trie over token texts. */
const TRIGGERS: Branch = build();

export type Trigger = TriggerKind & { from: number; to: number };

/** The longest trigger phrases of a sentence, left to right. Words inside findings (`taken`) cannot be triggers. */
export function findTriggers(tokens: Token[], taken: Uint8Array, portuguese: boolean): Trigger[] {
  const found: Trigger[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const companion = readCompanion(tokens, from, taken);
    if (companion) {
      found.push(companion);
      from = companion.to;
      continue;
    }
    if (isPastYear(tokens, from)) {
      found.push({ mood: 'historical', reach: 'clause', from, to: from + 1 });
      from++;
      continue;
    }
    let branch: Branch | undefined = TRIGGERS;
    let best: { kinds: TriggerKind[]; to: number } | null = null;
    for (let at = from; branch && at < tokens.length && taken[at] === 0; at++) {
      const token = tokens[at] as Token;
      branch = branch.next.get(token.text) ?? (token.key === 'not' ? branch.next.get('not') : undefined);
      if (branch && branch.kinds.length > 0) best = { kinds: branch.kinds, to: at };
    }
    if (best === null || (portuguese && (tokens[from] as Token).text === 'no' && best.to === from)) continue;
    if (best.to === from && isReflexive(tokens, from)) continue;
    for (const kind of best.kinds) found.push({ ...kind, from, to: best.to });
    from = best.to;
  }
  return found;
}

/** "apresentou-se", "lambe se": the Portuguese "se" behind a verb is no "if". */
function isReflexive(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1];
  if ((tokens[at] as Token).text !== 'se' || before?.kind !== 'word') return false;
  return (tokens[at] as Token).glued || !BEFORE_IF.test(before.text);
}

/** Words that ask somebody to do something should it happen, and words that join clauses. */
const BEFORE_IF =
  /^(?:e|mas|ou|que|so|apenas|voltar|volta|voltem|regressar|regressa|reavaliar|rever|ligar|telefonar|contactar|contatar|avisar|vigiar|monitorizar|monitorar|parar|suspender|retornar|retorno|urgencia|urgencias)$/;

/** "in 2022" */
function isPastYear(tokens: Token[], at: number): boolean {
  const year = tokens[at + 1];
  const named = /^(?:in|em|during)$/.test((tokens[at] as Token).text) && year?.kind === 'number';
  return named && /^(?:199\d|20[0-4]\d)$/.test(year.text);
}
