/**
 * Names that stand alone in talk, told by what stands around them: who was spoken to, who says, thinks and wants, whose
 * animal ate, collapsed or was brought in, and who signs. A capital is needed, and no word of the clinic.
 */
import { CLINICAL_WORDS } from './clinical-words.ts';
import { GENERIC, NOT_NAMES } from './name-words.ts';
import type { Vocabulary } from './names.ts';
import { fold, type Prepared, type Span, spansOf } from './spans.ts';

/** Two letters and more, not all of them capitals: RBC is nobody. */
const CAP = "\\p{Lu}\\p{Ll}[\\p{L}'’-]{0,60}";
const NAME = `(?:\\p{Lu}\\. ?){0,2}${CAP}(?:[ \\t](?:d[aeo]s?[ \\t]|v[ao]n[ \\t]|de[rn][ \\t])?${CAP}){0,2}`;
const EDGE = "(?<![\\p{L}\\p{N}'’-])";
const END = "(?![\\p{L}\\p{N}]|['’-]\\p{L}{2})";
const TITLE = '(?:(?:[Ss]r|[Ss]ra|[Dd]r|[Dd]ra|[Mm]rs?|[Mm]s)\\.?[ \\t]|[Dd]ona[ \\t]|[Ss]enhora?[ \\t])?';

const CONTACT =
  '(?:[Ss]poke|[Ss]peaking|[Tt]alk(?:ed|ing)?|[Dd]iscuss(?:ed|ion)|[Cc]hat(?:ted)?|[Cc]onversation|[Cc]all|[Uu]pdate|[Mm]essage|[Mm]sg|[Tt]ext|[Ee]-?mail|[Vv]oicemail(?: left)?|[Ll]etter|[Nn]ews|[Ww]ord|[Cc]onsult(?:ed)?|[Mm]et|[Aa]greed|[Aa]rranged|[Cc]onfirmed|[Cc]hecked) (?:with|to|from|for|by)';
const ADDRESSED =
  '(?:[Aa]sked|[Tt]old|[Ee]mailed|[Rr]ang|[Pp]honed|[Tt]exted|[Mm]essaged|[Cc]alled|[Ii]nformed|[Ww]arned|[Ii]nstructed|[Cc]ontacted|[Tt]hanked|[Rr]eassured|[Pp]er|[Rr]emind(?:ed)?|[Uu]pdated|[Aa]vis[eá]i|[Ii]nformei|[Cc]ontactei)';
const CONTACT_PT =
  '(?:[Ff]al(?:ei|ou|ámos)|[Cc]onvers(?:ei|ou|a)|[Dd]iscuti|[Cc]ombin(?:ei|ado)|[Cc]hamada|[Mm]ensagem|[Rr]ecado|[Tt]elefonema|[Ll]igou|[Ll]iguei|[Tt]elefonou|[Ee]screveu|[Ee]-?mail) (?:com |para |d?[oa]s? |de |ao |à )?(?:[oa] )?';
const ABOUT = '(?:[Aa]bout|[Rr]egarding|[Rr]e:?|[Rr]echeck|[Ss]obre [oa])';

const SAYS =
  '(?:insists?|says?|said|thinks?|thought|believes?|claims?|claimed|mentions?|mentioned|wants?|wanted|wonders?|asks?|asked|agrees?|agreed|declines?|declined|prefers?|worries|worried|admits?|admitted|denies|denied|rang|phoned|emailed|texted|wishes|will (?:bring|call|ring|phone|collect|come)|would like|is (?:worried|happy|concerned|keen|aware)|diz|disse|acha|quer|pensa|refere|relata|ligou|telefonou|trouxe|pede|pediu|concorda|concordou)';
const DOES =
  "(?:ate|drank|vomited|collapsed|limps|limped|coughs|sneezes|refuses|(?:has|had) (?:not )?(?:eaten|been|had)|(?:was|is|were) (?:brought|presented|seen|dropped|collected|admitted|found|rushed)|came (?:in|home|back)|won['’]t eat|will not eat|(?:is|was) (?:an? )?(?:\\d{1,2}|bright|brighter|lethargic|limping|vomiting|coughing|not eating|off food|eating|better|worse)|seen (?:by|at|today)|brighter|eating)";
const DOES_PT =
  '(?:comeu|bebeu|vomitou|está|esta|não|nao|tem|tosse|coxeia|teve|caiu|desmaiou|parece|ficou|trouxe|diz|foi)';

const rule = (body: string) => new RegExp(EDGE + body, 'gu');
const RULES = [
  rule(`${CONTACT} ${TITLE}(?<at>${NAME})${END}`),
  rule(`${ADDRESSED} ${TITLE}(?<at>${NAME})${END}`),
  rule(`${CONTACT_PT}${TITLE}(?<at>${NAME})${END}`),
  rule(`${ABOUT} (?<at>${NAME})${END}`),
  rule(`(?<at>${NAME}) ${SAYS}${END}`),
  rule(`(?<at>${CAP}) ${DOES}${END}`),
  rule(`(?:[OoAa]|[Qq]ue [oa]) ${TITLE}(?<at>${CAP}) ${DOES_PT}${END}`),
  rule(`[Tt]he (?<at>${CAP}s) (?:are|were|have|want|will|report|say|came|asked)${END}`),
  new RegExp(`(?<=^|\\n)[ \\t]*(?<at>${CAP} ?\\(${NAME}\\))(?=[ \\t]*[-–—:,])`, 'gu'),
  // Who signs: after a farewell, or alone in the last lines.
  rule(`(?:[Bb]est|[Ww]armly|[Ss]audações|[Aa]té breve),[ \\t]*\\n?[ \\t]*(?<at>${NAME})${END}`),
  new RegExp(`\\n[ \\t]*(?:--?|[–—])?[ \\t]*(?<at>${NAME})(?:,? ?\\([^)\\n]{2,20}\\))?[ \\t]*\\n?$`, 'gu'),
  // "Dorset, from the farm next door"
  rule(
    `(?<at>${CAP}),? (?:from|of) (?:the )?(?:farm|house|shop|yard|stables?|kennels?|cattery) next door${END}`,
  ),
];

/** @param words what the clinical engine knows: a guess never falls on them */
export function findTalk({ text }: Prepared, words: Vocabulary): Span[] {
  const isWord = (word: string) =>
    NOT_NAMES.has(word) || GENERIC.has(word) || CLINICAL_WORDS.has(word) || words.has(word);
  /** Every word is looked at: "Mast cell" and "Maine Coon" have one that tells. */
  const isName = (match: RegExpExecArray) =>
    [...(match.groups?.at ?? '').matchAll(/\p{L}{2,}/gu)].every(([word]) => !isWord(fold(word)));
  return RULES.flatMap((pattern) => spansOf(text, pattern, 'name', isName));
}
