/** Street addresses and postcodes. Towns and countries stay: where an animal has been is part of its history. */
import { type Prepared, type Span, spansOf } from './spans.ts';

const TOWN = "\\p{Lu}[\\p{L}'’-]{0,60}";
const CAP = "\\p{Lu}[\\p{L}'’.-]{0,60}";
const STREET =
  '(?:Street|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Drive|Dr|Close|Court|Ct|Way|Place|Pl|Crescent|Cres|Terrace|Boulevard|Blvd|Highway|Hwy|Gardens|Square|Sq|Grove|Mews|Row|Parade|Walk|Hill)';
const UNIT_NAME = '(?:Flat|Apt\\.?|Apartment|Unit|Suite|House)\\s?\\w{1,5}';
const UNIT = `(?:${UNIT_NAME},?\\s)?`;

const ENGLISH = new RegExp(
  `(?<![\\p{L}\\p{N}.])${UNIT}\\d{1,5}[A-Za-z]?,? (?:${CAP} ){1,3}${STREET}\\b\\.?(?:, ?${UNIT_NAME})?(?:, ${TOWN}(?: ${TOWN})?(?:,? [A-Z]{2}\\b)?)?`,
  'gu',
);
/** What is labelled as an address, to the end of the line or sentence. */
const LABELLED =
  /(?<!\p{L})(?:(?:home |postal )?address|morada|endere[cç]o)\s?[:=-]\s?(?<at>[^\n;]{3,100}?)(?=\s*(?:\n|;|$|[.)] |\.$))/giu;
/** Typed in small letters: only after a cue, for "3 dogs on the road" is no address. */
const AFTER_CUE =
  /(?<!\p{L})(?:lives? at|living at|resident at|residente (?:em|na|no)|mora (?:na|no|em)|reside (?:na|no|em)) (?<at>\d{1,5}[a-z]?,? (?:\p{L}+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|close|court|way)\b)/giu;
const PORTUGUESE_STREET =
  'Rua|Avenida|Av\\.?ª?|Travessa|Trav\\.|Tv\\.|Praça|Praceta|Pc?t?\\.|Largo|Estrada|Alameda|Rodovia|Beco|Calçada|Urbanização|Rotunda|Quinta|Bairro|Condomínio';
const PORTUGUESE = new RegExp(
  `(?<!\\p{L})(?:(?:${PORTUGUESE_STREET})|R\\.(?= d[aeo]s? ))(?: d[aeo]s?| do| da)? ?(?:${CAP}|d[aeo]s?|e)(?: (?:${CAP}|d[aeo]s?|e|\\d{1,2}(?= de)))*(?:,? ?(?:n\\.?[ºo°]?\\.? ?)?\\d{1,5}[A-Za-z]?\\b)?(?:,? ?(?:lote|lt\\.?|apto?\\.?|ap\\.|bloco|bl\\.|\\d{1,2}\\.?[ºo°ª]) ?(?:andar|[Ee]sq(?:uerdo)?\\.?|[Dd]to\\.?|[Dd]t\\.?|[Dd]ireito|[Ff]rente|[Ff]te|[A-Z]\\b|\\d{1,4})?)*`,
  'gu',
);
/** A street or house without a number. */
const NAMED_STREET = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${TOWN} ){1,2}(?:Street|Road|Avenue|Lane|Cottage|Crescent|Livery|Mews)(?!\\p{L})`,
  'gu',
);
/** "rua das flores 12", in small letters, needs its number. */
const PORTUGUESE_SMALL =
  /(?<!\p{L})(?:rua|avenida|travessa|praça|praceta|largo|estrada|alameda|rodovia)(?: d[aeo]s?)? \p{L}[\p{L} ]{1,40}?,? (?:n\.?[ºo°]?\.? ?)?\d{1,5}(?![\p{L}\p{N}])/giu;

const POSTCODES = [
  // 1200-123 Lisboa, 01310-100: a range of a laboratory never falls
  new RegExp(
    `(?<![\\p{L}\\p{N}.,-])\\d{4}-\\d{3}(?![\\p{L}\\p{N}-]|[.,]\\d)(?: ${CAP}(?: (?:d[aeo]s? )?${CAP})?)?`,
    'gu',
  ),
  /(?<![\p{L}\p{N}.,-])\d{2}\.?\d{3}-\d{3}(?![\p{L}\p{N}-]|[.,]\d)/gu,
  // SW1A 1AA
  /(?<![\p{L}\p{N}.])(?:[BEGLMNSW]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[BEGLMNSW]\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[A-Z]) ?\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}]|\s?\/)/gu,
  // Springfield, IL 62704; MN alone is also a neutered male
  new RegExp(
    `${CAP}(?: ${CAP})?, ?(?:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY),? \\d{5}(?:-\\d{4})?(?!\\d)`,
    'gu',
  ),
];
const POSTCODE_AFTER_CUE =
  /(?<!\p{L})(?:post ?code|zip(?: code)?|cep|código postal|cod\.? postal)\s?[:#-]?\s?(?<at>[A-Z]{0,2}\d[\dA-Z-]{0,5}(?: ?\d[A-Z]{2})?(?:-\d{3,4})?)/giu;
/** Latitude and longitude. */
const COORDINATES = /-?\d{1,2}\.\d{4,}°?\s?[NS]?,\s?-?\d{1,3}\.\d{4,}°?\s?[EWO]?/gu;
const PO_BOX = /(?<!\p{L})(?:P\.? ?O\.? Box|Apartado|Caixa Postal) \d{1,6}/giu;

export function findAddresses({ text }: Prepared): Span[] {
  const patterns = [ENGLISH, NAMED_STREET, LABELLED, AFTER_CUE, PORTUGUESE, PORTUGUESE_SMALL, ...POSTCODES];
  return [...patterns, POSTCODE_AFTER_CUE, COORDINATES, PO_BOX].flatMap((pattern) =>
    spansOf(text, pattern, 'address'),
  );
}
