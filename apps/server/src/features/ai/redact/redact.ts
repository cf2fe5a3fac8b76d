/**
 * Takes out of a note who it is about, in place, before anything leaves: the rest stays word for word, with its
 * numbers, for a model that gets a list of terms in place of a note loses most of its worth.
 */
import { findAddresses } from './addresses.ts';
import { findContacts } from './contacts.ts';
import { findDates } from './dates.ts';
import { findIds } from './ids.ts';
import { findNames, type Vocabulary } from './names.ts';
import { clean, prepare, type RedactionKind, type Span, spansOf } from './spans.ts';
import { findTalk } from './talk.ts';

export type Redacted = {
  text: string;
  /** Where the placeholders stand in `text`. */
  redactions: Span[];
};

const PLACEHOLDER: Record<RedactionKind, string> = {
  name: '[name]',
  phone: '[phone]',
  email: '[e-mail]',
  link: '[link]',
  address: '[address]',
  chip: '[chip]',
  date: '[date]',
  id: '[number]',
  file: '[file]',
};

/** Any placeholder, for those who compare redacted texts. */
export const ANY_PLACEHOLDER = /\[(?:name|phone|e-mail|link|address|chip|date|number|file)\]/g;

/** Of overlapping findings the first kind here gives the placeholder; the span is that of all together. */
const PRIORITY: RedactionKind[] = ['email', 'link', 'file', 'chip', 'address', 'phone', 'date', 'id', 'name'];

const FILE =
  /(?<![\p{L}\p{N}_()-])[\p{L}\p{N}_][\p{L}\p{N}_()-]{0,120}(?:\.[\p{L}\p{N}_()-]{1,60}){0,4}(?: \(\d{1,3}\))?\.(?:pdf|jpe?g|png|gif|tiff?|heic|docx?|xlsx?|csv|dcm|txt|rtf|zip|mp4|mov)(?![\p{L}\p{N}])/giu;

export type Redactor = {
  /** @param known names as the record has them: patient, owner, vets, practice, files */
  redact(text: string, known: readonly string[]): Redacted;
};

/** @param words what the clinical engine knows: such a word is not taken for a name on a guess */
export function createRedactor(words: Vocabulary): Redactor {
  return {
    redact(original, known) {
      const prepared = prepare(clean(original));
      const spans = [
        ...findContacts(prepared),
        ...spansOf(prepared.text, FILE, 'file'),
        ...findIds(prepared),
        ...findAddresses(prepared),
        ...findDates(prepared),
        ...findNames(prepared, known, words),
        ...findTalk(prepared, words),
      ];
      return replace(prepared.text, merge(outsidePlaceholders(prepared.text, spans)));
    },
  };
}

/** What was redacted before stays as it is: redacting twice changes nothing. */
function outsidePlaceholders(text: string, spans: Span[]): Span[] {
  const taken = [...text.matchAll(ANY_PLACEHOLDER)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);
  return spans.filter(({ start, end }) => !taken.some(([from, to]) => start < to! && end > from!));
}

function merge(spans: Span[]): Span[] {
  const sorted = spans
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) {
      merged.push({ ...span });
      continue;
    }
    last.end = Math.max(last.end, span.end);
    if (PRIORITY.indexOf(span.kind) < PRIORITY.indexOf(last.kind)) last.kind = span.kind;
  }
  return merged;
}

function replace(text: string, spans: readonly Span[]): Redacted {
  const redactions: Span[] = [];
  let out = '';
  let at = 0;
  for (const { kind, start, end } of spans) {
    out += text.slice(at, start);
    const placeholder = PLACEHOLDER[kind];
    redactions.push({ kind, start: out.length, end: out.length + placeholder.length });
    out += placeholder;
    at = end;
  }
  return { text: out + text.slice(at), redactions };
}
