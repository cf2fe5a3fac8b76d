/** A model's text made plain: no markup, no links, no citations, no control characters. It is shown as text only. */

const TAG = /<\/?[a-z!][^<>]*>?/gi;
const MARKDOWN_LINK = /!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)/g;
const URL =
  /(?:\b(?:https?|ftp|javascript|data|file|mailto):|\bwww\.|\bdoi:?\s?|\b10\.\d{4,}\/)\S+?(?=[.,;:)]*(?:\s|$))/gi;
const DOMAIN =
  /(?<![a-z0-9.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|info|edu|gov|io|vet|co\.uk)(?:\/\S*)?\b/gi;
/** "(Smith et al., 2019)", "[3]", "PMID 123", "Smith et al. 2019" */
const CITATION =
  /\(\s*(?:see |cf\.? )?\p{Lu}[^()]{0,120}\b(?:19|20)\d{2}[a-z]?\s*\)|\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]|\bPM(?:ID|CID|C)\s*:?\s*\d+|\bISBN[\s:]*[\d-]+|\b\p{Lu}[\p{L}-]+(?: (?:and|&) \p{Lu}[\p{L}-]+| et al\.?)[,\s]*\(?(?:19|20)\d{2}[a-z]?\)?/gu;
const MARKUP = /(\*\*|__|~~|`+)|^\s{0,3}(?:#{1,6}\s|>\s|[*+-]\s)/gm;
const CONTROL = /(?!\n)\p{Cc}|\p{Cf}|\p{Co}/gu;

export type Plain = {
  text: string;
  /** Whether a link or a citation was dropped. */
  cited: boolean;
};

/** @param most characters that are kept; a longer text ends with an ellipsis */
export function plainText(raw: string, most: number): Plain {
  const visible = raw.replace(/\t/g, ' ').replace(CONTROL, '').replace(MARKDOWN_LINK, '$1').replace(TAG, ' ');
  const uncited = visible.replace(URL, '').replace(DOMAIN, '').replace(CITATION, '');
  const text = uncited
    .replace(MARKUP, '')
    .replace(/[<>](?=[a-z/!])/gi, '')
    .replace(/\(\s*\)|\[\s*\]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:])/g, '$1')
    .trim();
  return { text: shortened(text, most), cited: uncited !== visible || /\]\(/.test(raw) };
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/\s+\S*$/, '')}…`;
}
