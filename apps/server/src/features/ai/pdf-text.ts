/** The text of a PDF, in reading order; its metadata, scripts and attachments are never looked at. */
import { extractText, getDocumentProxy } from 'unpdf';

/** More is not sent: a report of a laboratory has a page or two. */
const MOST_PAGES = 20;
const MOST_CHARACTERS = 20_000;

/** Null when the file is no PDF that can be read, or has no text (a scan). */
export async function pdfText(bytes: Uint8Array): Promise<string | null> {
  try {
    // The library takes the memory over: a copy leaves the caller's alone.
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (document.numPages > MOST_PAGES) return null;
    const { text } = await extractText(document, { mergePages: false });
    const all = text.join('\n').trim();
    return all === '' ? null : all.slice(0, MOST_CHARACTERS);
  } catch {
    return null;
  }
}
