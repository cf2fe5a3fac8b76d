/**
 * Names of people, patients and practices: the known ones wherever they stand, others by what stands around them. A
 * guess is refused when the word is one of the clinical vocabulary: losing "Vomiting" costs more than it protects.
 */
import { CLINICAL_WORDS } from './clinical-words.ts';
import { ALSO_WORDS, FAMILY_NAMES, GENERIC, GIVEN_NAMES, NOT_NAMES, PET_NAMES } from './name-words.ts';
import { fold, type Prepared, type Span, spansOf } from './spans.ts';

/** Words that the clinical engine knows, folded. */
export type Vocabulary = { has(word: string): boolean };

/** Bounded, here and below: a long run of letters must not cost its length squared. */
const CAP = "\\p{Lu}[\\p{L}'’-]{0,60}";
const PARTICLE = '(?:d[aeo]s?|del|della|van|von|der|den|e|y|of)';
/** One to four words with capitals, on one line. */
const NAME = `(?:\\p{Lu}\\. ?){0,3}(?:${PARTICLE}[ \\t]){0,2}${CAP}(?:[ \\t](?:${PARTICLE}[ \\t]){0,2}${CAP}){0,3}`;
const TITLE =
  '(?:Mrs?|MRS?|Ms|Miss|Mx|Drs?|DRS?|Dr[ªa]|DRA|Prof|Sir|Madam|Sr\\.?ª|Sra?|SRA?|Srta|Senhora?|Dona|D(?=\\.)|Doutora?|Eng|Exm[oa])';

const EDGE = "(?<![\\p{L}\\p{N}'’])";
const TITLED = new RegExp(
  `${EDGE}(?:${TITLE}(?:\\.[ \\t]*|[ \\t]+)(?:(?:e|and|&)[ \\t])?)+(?<first>${NAME})`,
  'gu',
);
const SMALL_TITLED = new RegExp(
  `${EDGE}(?:mrs?|dra?|drs|sra?|srta|prof|dona|senhora?|doutora?)\\.?[ \\t](?<first>\\p{Ll}[\\p{L}'’-]{2,})(?:[ \\t](?:d[aeo]s?[ \\t])?(?<second>\\p{L}[\\p{L}'’-]{2,}))?`,
  'gu',
);

const PERSON_LABEL =
  'owner|client|guardian|keeper|pet parent|veterinarian|vet|clinician|doctor|surgeon|nurse|technician|student|referring vet(?:erinarian)?|rdvm|seen by|examined by|discharged by|taken by|performed by|reviewed by|written by|attending|signed(?: by)?|reported by|assinad[oa](?: por)?|dono|dona|tutora?|propriet[aá]ri[oa]|cliente|veterin[aá]ri[oa]|m[eé]dic[oa](?: veterin[aá]ri[oa])?|enfermeir[oa]|respons[aá]vel|contact|contacto|contato';
const NAME_LABEL = "(?:full |first |last |owner'?s? )?name|nome(?: d[oa] \\w+)?";
const THING_LABEL =
  'patient(?: name)?|pet(?: name)?|animal(?: name)?|paciente|utente|clinic|practice|hospital|cl[ií]nica|consult[oó]rio|referred by|referenciad[oa] por|encaminhad[oa] por|from';
// The name is looked at, not consumed: it may be followed by the next label.
const LABELLED = new RegExp(
  `${EDGE}(?:(?<strong>${NAME_LABEL})|(?<person>${PERSON_LABEL})|(?:${THING_LABEL}))(?:['’]s name)?[ \\t]*(?:[:=]|[ \\t]is[ \\t]|[ \\t]é[ \\t])[ \\t]*["“']?(?:${TITLE}\\.?[ \\t]+)?(?=(?<first>(?:\\p{L}\\.[ \\t])?\\p{L}[\\p{L}'’-]{0,60}(?:[ \\t]\\p{L}[\\p{L}'’-]{0,60}){0,4}))`,
  'giu',
);

const CALLED = new RegExp(
  `${EDGE}(?:called|named|(?:[Pp]t|[Pp]atient|[Oo]wner|[Cc]lient|[Pp]et|[Aa]nimal)(?:['’]?s)? name|chamad[oa]|chama-se|apelidad[oa]|de nome|(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir) (?:dog|cat|puppy|kitten|horse|pony|mare|gelding|rabbit|bunny|bird|parrot|boy|girl)|(?:[AaOo]|[Mm]eu|[Mm]inha|[Nn]oss[oa]) (?:cão|cadela|gat[oa]|cachorr[oa]|caval[oa]|égua|coelh[oa])),? ["“']?(?<at>${NAME}(?:, ${CAP})?)`,
  'gu',
);
/** "owner Deirdre Flanagan", "nurse Beth": a label without a colon needs a capital after it. */
const BESIDE_LABEL = new RegExp(
  `${EDGE}(?:[Oo]wner|OWNER|[Cc]lient|[Nn]urse|[Vv]et|[Cc]linician|[Tt]utora?|[Dd]on[oa]|[Pp]ropriet[aá]ri[oa]|[Cc]liente|[Pp]aciente|[Pp]atient|[Vv]izinh[oa]|[Nn]eighbour|[Nn]eighbor|[Bb]reeder|[Oo]fficer|[Ss]tudent|belonging to|by)[ \\t](?<at>(?:Lady[ \\t]|Lord[ \\t]|Sir[ \\t])?${NAME})`,
  'gu',
);
/** "K. Johansson, DVM" */
const BEFORE_DEGREE = new RegExp(
  `${EDGE}(?<at>${NAME}),? (?:DVM|VMD|BVSc|BVetMed|BVMS|MVB|MRCVS|FRCVS|RVN|RVT|CVT|LVT|Dip\\p{Lu}\\p{L}+|PhD)(?!\\p{L})`,
  'gu',
);
/** "Bella, 6yo FS Lab": a word at the start of a line before an age. */
const BEFORE_AGE = new RegExp(
  `(?<=^|\\n)[ \\t"“]*(?<at>${CAP}(?:[ \\t]${CAP})?)["”]?(?:,| -| –| is an?| é uma?| \\(|(?=[ \\t]\\d))[ \\t]*(?:\\d{1,2}(?:[.,]\\d)?[ -]?(?:yo\\b|y/o|y\\.o|years?[ -]old|mo\\b|m/o|months?[ -]old|weeks?[ -]old|anos|meses|(?:yr?s?|m|mo|a)[ ,/]+(?:M|F|FS|MN|FN|MC|male|female|macho|f[eê]mea)\\b))`,
  'gu',
);
const BEFORE_VERB = new RegExp(
  `${EDGE}(?<at>${CAP}(?: ${CAP})?) (?:phoned|rang|called (?:back|in|us)|emailed|texted|telefonou|ligou|escreveu|mandou mensagem)(?!\\p{L})`,
  'gu',
);
const SIGNED = new RegExp(
  `(?:[Rr]egards|[Ss]incerely|[Bb]est wishes|[Tt]hanks|[Tt]hank you|[Yy]ours|[Cc]heers|[Aa]tenciosamente|[Cc]umprimentos|[Oo]brigad[oa]|[Aa]braços?)[,.!]?[ \\t]*\\n?[ \\t]*(?<at>${NAME})`,
  'gu',
);

const KIND =
  '(?:Clinics?|Hospital|Practice|Surgery|Surgeons|Centre|Center|Referrals|Group|Partners|Partnership|Clinicians|Services|Care|Specialists)';
const ORGANISATIONS = [
  new RegExp(
    `${EDGE}(?:${CAP}(?:[ \\t](?:and|&|of|the))?[ \\t]){1,4}(?:Vets?|Veterinary|Animal|Pet|Equine|Small Animal|Companion Animal)(?:[ \\t](?:Referral|Emergency|Specialist|Health|Medical))?(?:[ \\t]${KIND})?(?!\\p{L})(?<![ \\t]Animal|[ \\t]Pet|[ \\t]Equine)(?:[ \\t](?:of|in|de|do|da)[ \\t]${NAME})?`,
    'gu',
  ),
  new RegExp(`${EDGE}(?:Veterinary|Animal|Vets?) (?:${KIND} )?(?:of|in|at) ${NAME}`, 'gu'),
  new RegExp(
    `${EDGE}(?:Clínica|Clinica|Hospital|Centro|Consultório|Policlínica)(?: (?:Médic[oa]|Veterinári[oa]|Veterinari[oa]|Vet|Animal|Escolar|Universitári[oa]))+(?: d[aeo]s?)? (?:${NAME}|d[aeo]s? ${NAME})`,
    'gu',
  ),
  new RegExp(`${EDGE}(?:Clínica|Clinica|Hospital|Consultório) (?:d[aeo]s? )?${NAME}`, 'gu'),
  new RegExp(`${EDGE}(?:${CAP} )?(?:Vet|VET)\\p{Lu}\\p{L}+(?: ${CAP})?`, 'gu'),
];
const SMALL_ORGANISATION =
  /(?<!\p{L})(?:at|from|by|to|with|via|through) (?<at>(?:[\p{L}'’&-]{1,60} ){1,3}(?:vets|veterinary (?:clinic|hospital|practice|centre|center|surgery|group|referrals)|vet clinic|animal hospital|pet clinic))(?!\p{L})/gu;
const AT_A_CLINIC = new RegExp(
  `${EDGE}(?:at|from|to|by|with) (?<at>(?:${CAP} ){1,3}(?:[Cc]linic|[Pp]ractice|[Hh]ospital|[Ss]urgery|[Cc]ent(?:re|er)))(?!\\p{L})`,
  'gu',
);
const NOT_OF_A_PRACTICE =
  /^(?:(?:the|our|a|an|another|other|local|previous|referring|emergency|out|hours|of|first|second|usual|your|this|that|different|their|his|her|my|specialist|referral|24h) )+/iu;

const firstWord = (text: string): string => fold(/[\p{L}]+/u.exec(text)?.[0] ?? '');

/** Spans of all names. `known` are names as the record has them: patient, owner, vet, practice, files. */
export function findNames({ text, folded }: Prepared, known: readonly string[], words: Vocabulary): Span[] {
  const isWord = (name: string) => {
    const first = firstWord(name);
    return NOT_NAMES.has(first) || GENERIC.has(first) || words.has(first);
  };
  const guess = (match: RegExpExecArray) => !isWord(match.groups?.at ?? match[0]);
  const told = (match: RegExpExecArray) => !NOT_NAMES.has(firstWord(match.groups?.at ?? ''));
  return [
    ...known.flatMap((name) => knownSpans(text, folded, name, words)),
    ...titledSpans(text),
    ...labelledSpans(text, words),
    ...[CALLED, SIGNED, BEFORE_DEGREE].flatMap((pattern) => spansOf(text, pattern, 'name', told)),
    ...[BEFORE_AGE, BEFORE_VERB, BESIDE_LABEL].flatMap((pattern) => spansOf(text, pattern, 'name', guess)),
    ...ORGANISATIONS.flatMap((pattern) => spansOf(text, pattern, 'name', isPractice)),
    ...[SMALL_ORGANISATION, AT_A_CLINIC].flatMap((pattern) =>
      spansOf(text, pattern, 'name', (match) => isPractice([match.groups?.at ?? ''])),
    ),
    ...gazetteerSpans(text, words),
  ];
}

/** Something is left of it besides generic words. */
function isPractice([match = '']: readonly string[]): boolean {
  const name = match.replace(NOT_OF_A_PRACTICE, '');
  return [...name.matchAll(/\p{L}+/gu)].some(
    ([word]) => !GENERIC.has(fold(word)) && !NOT_NAMES.has(fold(word)),
  );
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const FILE_NAME = /\.\p{L}{2,4}\d?$/u;

/** The name as a whole in any case and spacing; each telling part of it by itself. */
function knownSpans(text: string, folded: string, name: string, words: Vocabulary): Span[] {
  const parts = fold(name.normalize('NFC'))
    .split(/[^\p{L}\p{N}.]+/u)
    .filter((part) => part.length > 0);
  if (parts.length === 0 || parts.join('').length < 2) return [];
  const bounded = (body: string) => new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, 'gu');
  const typedWithCapital = (match: RegExpExecArray) => /\p{Lu}|\p{N}/u.test(text[match.index] ?? '');
  const whole = bounded(parts.map(escaped).join('[^\\p{L}\\p{N}]{0,3}'));
  const spans = spansOf(
    folded,
    whole,
    'name',
    (match) => parts.length > 1 || freely(parts[0]!) || typedWithCapital(match),
  );
  function freely(part: string): boolean {
    return !words.has(part) && !ALSO_WORDS.has(part) && !NOT_NAMES.has(part);
  }
  if (parts.length === 1 || FILE_NAME.test(name)) return spans;
  const telling = parts.filter((part) => part.length >= 3 && !GENERIC.has(part) && !NOT_NAMES.has(part));
  return [
    ...spans,
    ...telling.flatMap((part) =>
      spansOf(
        folded,
        bounded(escaped(part)),
        'name',
        (match) => freely(part) || (typedWithCapital(match) && !words.has(part)),
      ),
    ),
  ];
}

function titledSpans(text: string): Span[] {
  const isName = ({ groups }: RegExpExecArray) => !NOT_NAMES.has(firstWord(groups?.first ?? ''));
  const small = [...text.matchAll(SMALL_TITLED)].filter(isName).map((match): Span => {
    const { first = '', second } = match.groups ?? {};
    const both = second !== undefined && (/^\p{Lu}/u.test(second) || isListed(second));
    const end = both ? match[0].length : match[0].indexOf(first) + first.length;
    return { kind: 'name', start: match.index, end: match.index + end };
  });
  return [...spansOf(text, TITLED, 'name', isName), ...small];
}

const isListed = (word: string): boolean => GIVEN_NAMES.has(fold(word)) || FAMILY_NAMES.has(fold(word));

/** After "owner:" small letters may be a name; after "patient:" only capitals or a known given name. */
function labelledSpans(text: string, words: Vocabulary): Span[] {
  return [...text.matchAll(LABELLED)].flatMap((match): Span[] => {
    const { first = '', person, strong } = match.groups ?? {};
    const isNamePart = (word: string, index: number): boolean => {
      const plain = fold(word).replace(/[^\p{L}]/gu, '');
      if (index > 0 && PARTICLES.has(plain)) return true;
      // What follows "name:" is one, whatever else the word may mean.
      const told = strong !== undefined && index === 0;
      const clinical = words.has(plain) || CLINICAL_WORDS.has(plain);
      if ((clinical && !told) || NOT_NAMES.has(plain) || GENERIC.has(plain)) return false;
      return told || person !== undefined || /^\p{Lu}/u.test(word) || isListed(word);
    };
    const all = first.split(/[ \t]+/);
    const stop = all.findIndex((word, index) => !isNamePart(word, index));
    const last = stop < 0 ? all.at(-1) : all[stop - 1];
    if (last === undefined || stop === 0) return [];
    const start = match.index + match[0].length;
    const before = all.slice(0, stop < 0 ? -1 : stop - 1).join(' ').length;
    return [{ kind: 'name', start, end: start + first.indexOf(last, before) + last.length }];
  });
}

const PARTICLES = new Set(['da', 'de', 'do', 'das', 'des', 'dos', 'e', 'van', 'von']);

const WORD = /\p{L}[\p{L}'’]*/gu;
const EPONYM =
  /^(?:['’]s)?[ \t](?:syndrome|disease|phenomenon|test|sign|reflex|splint|bod(?:y|ies)|cells?|tumou?r|stain|score|lactate)/iu;

/** Jack Russell, São Miguel, St. Bernard. */
const PART_OF_A_BREED = /(?:Jack|Parson|S[ãa]o|San|St\.?|Saint|King)[ \t]$/iu;

/** Given names of the list wherever they stand, with what follows in capitals; family names with a capital. */
function gazetteerSpans(text: string, words: Vocabulary): Span[] {
  const spans: Span[] = [];
  const more = new RegExp(`^(?:[ \\t](?:${PARTICLE}[ \\t])?(?<next>\\p{L}[\\p{L}'’-]*))`, 'u');
  for (const match of text.matchAll(WORD)) {
    const word = match[0].replace(/['’]s$/, '');
    const plain = fold(word);
    const title = /^\p{Lu}\p{Ll}/u.test(word);
    const given = GIVEN_NAMES.has(plain) && (title || !words.has(plain)) && !ALSO_WORDS.has(plain);
    const listed = FAMILY_NAMES.has(plain) || PET_NAMES.has(plain);
    if (!given && !(title && listed && !words.has(plain))) continue;
    if (PART_OF_A_BREED.test(text.slice(Math.max(0, match.index - 8), match.index))) continue;
    let end = match.index + word.length;
    if (EPONYM.test(text.slice(end, end + 20))) continue;
    for (let next = more.exec(text.slice(end)); next; next = more.exec(text.slice(end))) {
      const following = next.groups?.next ?? '';
      const goesOn =
        /^\p{Lu}/u.test(following) && !words.has(fold(following)) && !NOT_NAMES.has(fold(following));
      if (!goesOn && !isListed(following)) break;
      end += next[0].length;
    }
    spans.push({ kind: 'name', start: match.index, end });
  }
  return spans;
}
