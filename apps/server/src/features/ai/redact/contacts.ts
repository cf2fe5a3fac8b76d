/** E-mail addresses, links and telephone numbers: Portugal, Brazil, Britain, the United States, international. */
import { digitsIn, type Prepared, type Span, spansOf } from './spans.ts';

// All repetitions are bounded: a long run of letters must not cost its length squared.
const LOCAL = "(?<![\\p{L}\\p{N}._%+'-])[\\p{L}\\p{N}][\\p{L}\\p{N}._%+'-]{0,63}";
const LABEL = '[\\p{L}\\p{N}-]{1,63}';
const EMAIL = new RegExp(`${LOCAL}\\s?@\\s?${LABEL}(?:(?:\\.|\\s\\.\\s)${LABEL}){1,5}`, 'gu');
/** "maria (at) example (dot) com", "maria arroba example ponto com"; "at times. Left" is neither. */
const DOMAIN_IN_WORDS = `${LABEL}(?:(?:\\s?[([{]\\s?(?:dot|ponto|\\.)\\s?[)\\]}]\\s?|\\s(?:dot|ponto)\\s)${LABEL}){1,4}`;
const EMAIL_IN_WORDS = [
  new RegExp(
    `${LOCAL}\\s?[([{]\\s?(?:at|arroba|@)\\s?[)\\]}]\\s?(?:${DOMAIN_IN_WORDS}|[\\p{L}\\p{N}.-]{1,100})`,
    'giu',
  ),
  new RegExp(`${LOCAL}\\s(?:at|arroba)\\s${DOMAIN_IN_WORDS}`, 'giu'),
  new RegExp(`${LOCAL}\\sarroba\\s${LABEL}(?:\\.[\\p{L}\\p{N}-]{2,63}){1,4}`, 'giu'),
];
const HANDLE = /(?<![\p{L}\p{N}._])@[a-z_][a-z0-9_.]{2,}/giu;

const URL = /\b(?:https?|ftp|hxxps?):\/\/[^\s<>"')\]]+|\bwww\.[^\s<>"')\]]+|\bwa\.me\/\d+/giu;
/** Endings that no sentence makes by a forgotten space; `.pt` and the like need a path or a cue. */
const BARE_DOMAIN =
  /(?<![\p{L}\p{N}@.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:co\.uk|org\.uk|com\.br|com\.pt|com|org|net|info|app|vet|eu|io)(?:\/[^\s<>"')\]]*)?(?![\p{L}\p{N}])/giu;
const DOMAIN_WITH_PATH =
  /(?<![\p{L}\p{N}@.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,3}\/[^\s<>"')\]]+/giu;
const DOMAIN_AFTER_CUE =
  /\b(?:site|website|web|online|visit|page|página|instagram|facebook)\b[\s:]{0,3}(?<at>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,3})(?![\p{L}\p{N}])/giu;
const IP = /(?<![\p{L}\p{N}.])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}.])/gu;

const NOT_BEFORE = '(?<![\\p{L}\\p{N}.,%-])';
const NOT_AFTER = '(?![\\p{L}\\p{N}]|[.,]\\d|\\s?%|\\s?/\\s?(?:[uµμ]?l|dl|ml|kg|hpf)\\b)';
const phone = (body: string) => new RegExp(NOT_BEFORE + body + NOT_AFTER, 'giu');

const PHONES: { pattern: RegExp; digits?: [least: number, most: number] }[] = [
  // +351 912 345 678, 0044 20 7946 0958
  { pattern: phone('(?:\\+|00)\\d{1,3}(?:[ .\\-/]?\\(?\\d{1,5}\\)?){2,6}'), digits: [8, 15] },
  // 912 345 678, 912345678, 21.234.5678, 91 234 56 78
  { pattern: phone('9[1236]\\d[ .-]?\\d{3}[ .-]?\\d{3}') },
  { pattern: phone('2[1-9]\\d[.-]?\\d{3}[.-]?\\d{3}') },
  { pattern: phone('(?:9[1236]|2[1-9])[ .-]\\d{3}[ .-]?\\d{2}[ .-]?\\d{2}') },
  // (11) 91234-5678, 11 91234 5678, 11 3123-4567, 91234-5678
  { pattern: phone('\\(0?\\d{2}\\) ?9?[ .]?\\d{4}[ .-]?\\d{4}') },
  { pattern: phone('0?\\d{2}[ -](?:9\\d{4}[ .-]\\d{4}|[2-5]\\d{3}-\\d{4})') },
  { pattern: phone('9\\d{4}-\\d{4}') },
  // 020 7946 0958, 07700 900123, (0161) 496 0000
  { pattern: phone('\\(?0\\d{2,5}\\)?[ -]?\\d{3,4}[ -]?\\d{3,4}'), digits: [10, 11] },
  // (555) 123-4567, 555-123-4567, 1-555.123.4567
  { pattern: phone('(?:1[ .-])?(?:\\(\\d{3}\\)[ .-]?|\\d{3}[.-])\\d{3}[ .-]\\d{4}') },
];

const CUE = [
  'tel(?:ephone|efone|\\.)?|telefóne|telem[oó]vel|tlm|tlf|tm[oó]vel|fone|phone|mobile|mob|celular|whats ?app|whats|zap|fax|sms',
  'cell(?:phone| phone| no\\.?| number)|cel\\.|contact(?: no\\.?| number)?|contacto|contato',
  'call(?: me| us| him| her| back)?(?: on| at)|ring(?: me| us)?(?: on| at)|ligar(?: para)?|ligue(?: para)?|reach(?:ed)? (?:on|at)',
].join('|');
const AFTER_CUE = new RegExp(
  `(?<!\\p{L})(?:${CUE})[^\\d\\n+(]{0,20}(?<at>[+(]?\\d[\\d ().\\-/]{4,18}\\d)`,
  'giu',
);

const DIGIT_WORD =
  '(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|um|uma|dois|duas|tres|quatro|cinco|seis|meia|sete|oito|nove)';
/** Seven and more digits spelled out, over the folded text. */
const IN_WORDS = new RegExp(`(?<!\\p{L})${DIGIT_WORD}(?:[\\s,-]+${DIGIT_WORD}){6,}(?!\\p{L})`, 'gu');

export function findContacts({ text, folded }: Prepared): Span[] {
  const links = [URL, BARE_DOMAIN, DOMAIN_WITH_PATH, DOMAIN_AFTER_CUE, IP];
  return [
    ...[EMAIL, ...EMAIL_IN_WORDS, HANDLE].flatMap((pattern) => spansOf(text, pattern, 'email')),
    ...links.flatMap((pattern) => spansOf(text, pattern, 'link')),
    ...PHONES.flatMap(({ pattern, digits: [least, most] = [0, 99] }) =>
      spansOf(text, pattern, 'phone', ([match]) => digitsIn(match) >= least && digitsIn(match) <= most),
    ),
    ...spansOf(text, AFTER_CUE, 'phone', (match) => digitsIn(match.groups?.at ?? '') >= 6),
    ...spansOf(folded, IN_WORDS, 'phone'),
  ];
}
