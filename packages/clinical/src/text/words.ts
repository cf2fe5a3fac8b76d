/** Small closed word classes, English and Portuguese, written as `normalise` leaves them. */

const set = (...lines: string[]) => new Set(lines.flatMap((line) => line.split(' ')));

/** Words that carry no meaning inside a phrase: left out of phrases and skipped in the text. */
export const FUNCTION_WORDS = set(
  'the a an of in on to at from with his her its their this that these those is are was were be been being',
  'has have had having him them it he she they there',
  'o os as um uma de da do dos das em nos nas ao aos com por que esta estao estava tem ele ela se seu sua',
);

/** Words that may stand between the words of a phrase without counting as the one filler. */
export const LIGHT_WORDS = set(
  'very quite really rather so too also somewhat slightly mildly moderately markedly severely extremely seems seem',
  'appears appear appeared looks look looked feels feel felt noted found now both all only just bit little',
  'some any more left right bilateral bilaterally bit possibly became becoming remains',
  'muito pouco mais ligeiramente bastante bem direito esquerdo direita esquerda ambos',
);

/** Words that join items of a list. Symbols are listed with them. */
export const COORDINATORS = set('and or nor & , / plus + e ou nem');
/** Of those, the ones that carry a negation on ("not eating or drinking"). */
export const ALTERNATIVES = set('or nor / ou nem');

/** Words that are part of a concept when it is a negative one: "not eating", "unable to urinate". */
export const NEGATIVE_KEYS = set(
  'not no non unable without never lack absent absence nil inability stop sem nao nunca incapaz ausencia falta',
);

/** Words allowed between the "not" and the rest of a negative concept. */
export const NEGATIVE_FILLERS = set(
  'much any real really very well currently properly fully longer able even been be being to at all willing',
  'wanting want wants interested keen showing good great as completely currently yet seen obvious apparent',
  'mais bem quer consegue',
);

/** Words that no phrase may reach across. */
export const BARRIERS = set(
  'no not without but however except although though if because never denies deny denied neither ruled rule',
  'despite ago while whereas unless since until before after then when where which who nao sem mas porem excepto exceto',
  'embora se quando antes depois',
);

/** Portuguese words that English notes do not have; they tell the language of a sentence. */
export const PORTUGUESE = set(
  'nao sem com desde dias semanas semana meses anos esta muito pouco apos pelo pela uma da das tutor tutora',
  'proprietario proprietaria dono cao cadela gato gata animal refere nega apresenta bebe deixou comeu urina fezes',
  'vomitos diarreia tosse dor febre foi ainda mas ha com ou que ao de',
);
/** Words of both languages do not count ("do", "a"); these say English. */
export const ENGLISH = set(
  'the and with of is was has for not but days day weeks week months month years year since owner on in when eating',
  'drinking has been dog cat old normal noted seen',
);

/** Words without clinical content: they make no "not used" stretch on their own. */
export const STOP_WORDS = set(
  'the a an of in on to at from with his her its their this that these those is are was were be been being has have',
  'had having and or nor but if as by for into out up down off over about after before since until during while when',
  'then than so too very quite really also only just not no now today yesterday tonight ago last next first',
  'he she it they we you i him them us my our your who which what where there here all any some each every both few',
  'more most other another such own same can could will would shall should may might must do does did done doing',
  'get got gets getting go goes went going come came comes seem seems seemed appear appears appeared look looks',
  'looked feel feels felt noted noticed note notes reported reports report says said states stated presented',
  'presents present presenting presentation history owner owners client clients patient pet dog dogs cat cats horse',
  'horses cow cows rabbit rabbits bird birds animal animals puppy kitten foal calf lamb exam examination physical',
  'clinical finding findings sign signs found seen observed noted approximately approx about around still yet again',
  'bit little lot lots much many several otherwise well am pm day days week weeks month months year years hour hours',
  'hr hrs d wk wks mo mos yr yrs y min mins minutes morning evening afternoon night overnight once twice daily time',
  'times x s t re per vs etc ie eg grade score level levels count value values result results test tests left right',
  'side bilateral mild mildly moderate moderately severe severely marked markedly slight slightly started start',
  'starting began begin onset became become becoming continues continued ongoing recent recently via within without',
  'male female neutered spayed intact entire old aged age year-old ml kg g mg lb lbs cm mm',
  'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september',
  'october november december yes died dies bitten known unknown one two three four five six seven eight nine ten twelve',
  'ate eat chewed licked ingested swallowed given gave fed applied garden house home park half usual',
  'ultrasound radiographs radiography radiograph imaging echo ecg mri ct scan shows showed revealed',
  'o os as um uma de da do dos das em na nos nas ao aos com por para que e ou mas nao sem ha desde dia dias semana',
  'semanas mes meses ano anos esta estao tem foi ser se seu sua dono dona tutor tutora proprietario proprietaria',
  'refere paciente animal cao gato cadela gata macho femea muito pouco mais menos hoje ontem',
);
