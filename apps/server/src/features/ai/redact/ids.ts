/** Numbers that stand for somebody: microchips, tax and health numbers, passports, licences, accounts, records. */
import { digitsIn, type Prepared, type Span, spansOf } from './spans.ts';

const EDGE = '(?<![\\p{L}\\p{N}.,])';
const END = '(?![\\p{L}\\p{N}])';
const exact = (body: string) => new RegExp(EDGE + body + END, 'gu');

/** 15 digits of ISO 11784, in groups or not; 10 of AVID: 123*456*789. */
const CHIPS = [
  exact('\\d{3}[ .-]?\\d{3}[ .-]?\\d{3}[ .-]?\\d{3}[ .-]?\\d{3}'),
  exact('\\d{3}[ -]?\\d{12}'),
  exact('\\d{3}[ -]\\d{4}[ -]\\d{8}'),
  exact('\\d{3}\\*\\d{3}\\*\\d{3}'),
];

const SHAPES = [
  exact('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}'), // CPF
  exact('\\d{2}\\.\\d{3}\\.\\d{3}/\\d{4}-\\d{2}'), // CNPJ
  exact('\\d{1,2}\\.\\d{3}\\.\\d{3}-[\\dXx]'), // RG
  exact('\\d{3}-\\d{2}-\\d{4}'), // US social security
  exact('\\d{8} ?\\d ?[A-Z]{2}\\d'), // Portuguese citizen card
  exact('[A-CEGHJ-PR-TW-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]'), // British national insurance
  exact('[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?'), // IBAN
  exact('(?:PT|GB|UK|ES|FR|DE|IT|NL|BE|IE|BR|US|UELN)[ -]?\\d{6,15}'), // EU pet passport, herd and horse numbers
  exact('[A-Z]{1,3}\\d{6,12}'), // policies and licences
  exact('[A-Z]{2}-\\d{2}-[A-Z]{2}|\\d{2}-[A-Z]{2}-\\d{2}'), // Portuguese number plate
];

/** No value of a laboratory is written with so many digits, unless its unit says that it is a count. */
const LONG_NUMBER =
  /(?<![\p{L}\p{N}.,])\d{8,}(?![\p{L}\p{N}]|[.,]\d|\s?(?:\/|x ?10|×|\^|cells|céls|células|copies|cópias|cfu|ufc|iu|ui\b|u\b))/giu;

const LABEL = [
  'micro ?-?chip|chip|transponder|tattoo|tatuagem|passport|passaporte|boletim(?: sanitário)?|pedigree|lop|akc|kennel club',
  'licen[cs]e|licença|registration|registo|registro|reg|crmv(?:[-/ ]?[a-z]{2})?|omv|mrcvs|rcvs|cédula|carteira',
  'nif|nipc|contribuinte|cpf|cnpj|rg|ssn|nhs|nino|tax|vat|utente|segurança social|cartão de cidadão|identidade',
  'polic[yi]|apólice|claim|insurance|seguro|account|conta|iban|card|cartão|invoice|fatura|factura|receipt|recibo',
  'file|case|record|client|patient|chart|ficha|processo|prontuário|our ref|your ref|ref(?=\\s?[:.#]|\\s?n| \\d+/[A-Z])|reference(?= n)',
  'ear ?tag|brinco|ring(?= n| ?:| ?#)|anilha|ueln|flock|herd|holding|cph|exploração|marca|lab(?:oratory)? (?:no|number|id)|sample(?: id| no)|accession|amostra',
].join('|');
const LINK =
  '(?:[^\\S\\n]*(?:numbers?|número|num|no\\b|nr|nº|n\\.?º|n°|n\\.|id\\b|code|código|é|is|was|:|=|#|\\.|-|de\\b|do\\b|da\\b|fiscal))*';
const LABELLED = new RegExp(
  `(?<!\\p{L})(?:${LABEL})(?!\\p{L})${LINK}[^\\S\\n]*(?<at>[A-Z]{0,5}[ /-]?\\d[\\dA-Z*./-]*(?:[ -](?:[A-Z]{1,3}[ -]?)?\\d[\\dA-Z]*)*)`,
  'giu',
);
/** Chips of the older kind hold letters. */
const CHIP_CODE =
  /(?<!\p{L})(?:micro ?-?)?chip[^\p{L}\p{N}\n]{0,3}(?:(?:number|no|nº|id)[^\p{L}\p{N}\n]{0,3})?(?<at>(?=[\dA-F]*\d)[\dA-F]{9,10})(?![\p{L}\p{N}])/giu;

/** "file 10 days", "case of 3 puppies": fewer than four digits, or an amount with its unit, name nobody. */
function isNumberOfSomebody(match: RegExpExecArray): boolean {
  const value = match.groups?.at ?? '';
  if (digitsIn(value) < 4) return false;
  const after = match.input.slice(match.index + match[0].length);
  return (
    !/^\s?(?:mg|ml|g\b|kg|mmol|u\/|iu|%|[µu]g|x ?10|\/\s?(?:[uµμ]?l|dl|ml|kg|hpf|lpf)\b)/i.test(after) ||
    /[A-Z]{2}/.test(value)
  );
}

export function findIds({ text }: Prepared): Span[] {
  return [
    ...CHIPS.flatMap((pattern) => spansOf(text, pattern, 'chip')),
    ...spansOf(text, CHIP_CODE, 'chip'),
    ...SHAPES.flatMap((pattern) => spansOf(text, pattern, 'id')),
    ...spansOf(text, LONG_NUMBER, 'id'),
    ...spansOf(text, LABELLED, 'id', isNumberOfSomebody),
  ];
}
