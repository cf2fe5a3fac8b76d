/** Names of diseases and findings compared as people mean them: case, accents, punctuation, UK and US spelling. */

/** UK -> US stems as they occur in medical words; applied to lower-case text. */
const US_SPELLING: [RegExp, string][] = [
  [/haem(?!ong)/g, 'hem'],
  [/anaem/g, 'anem'],
  [/aemi(a|c)/g, 'emi$1'],
  [/oedem/g, 'edem'],
  [/oesoph/g, 'esoph'],
  [/oestr/g, 'estr'],
  [/foet/g, 'fet'],
  [/diarrhoe/g, 'diarrhe'],
  [/(rr)hoea/g, '$1hea'],
  [/pnoea/g, 'pnea'],
  [/paed/g, 'ped'],
  [/caec/g, 'cec'],
  [/faec/g, 'fec'],
  [/orthop(a)?ed/g, 'orthoped'],
  [/leuc(o|a)/g, 'leuk$1'],
  [/kalaem/g, 'kalem'],
  [/tumour/g, 'tumor'],
  [/colour/g, 'color'],
  [/behaviour/g, 'behavior'],
  [/odour/g, 'odor'],
  [/fibre/g, 'fiber'],
  [/litre/g, 'liter'],
  [/centre/g, 'center'],
  [/paralys(e|ed|ing)\b/g, 'paralyz$1'],
  [/isation/g, 'ization'],
  [/sulph/g, 'sulf'],
  [/coeliac/g, 'celiac'],
  [/anaesth/g, 'anesth'],
  [/grey\b/g, 'gray'],
  [/melaena/g, 'melena'],
  [/uraem/g, 'urem'],
  [/caes/g, 'ces'],
];

/**
 * One spelling of a name: NFKD without accents, lower case, US spelling, possessives and punctuation gone, single
 * spaces. "Addison's disease" and "Addison disease" are one.
 */
export function normaliseName(name: string): string {
  let text = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/[’']/g, '');
  for (const [from, to] of US_SPELLING) text = text.replace(from, to);
  return text.replace(/[^\p{L}\p{N}+%]+/gu, ' ').trim();
}
