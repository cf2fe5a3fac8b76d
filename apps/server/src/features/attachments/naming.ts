/** Names of files as people gave them, made safe to show, to save and to put in a header. */

const MAX_NAME = 200;

/** What a file of a type must end with, and what it is given when it does not. */
const ENDINGS: Record<string, [RegExp, string]> = {
  'image/jpeg': [/\.(?:jpe?g|jfif)$/i, '.jpg'],
  'image/png': [/\.png$/i, '.png'],
  'image/webp': [/\.webp$/i, '.webp'],
  'image/gif': [/\.gif$/i, '.gif'],
  'application/pdf': [/\.pdf$/i, '.pdf'],
  'text/csv': [/\.csv$/i, '.csv'],
  'text/plain': [/\.(?:txt|text|log|asc|hl7|tsv)$/i, '.txt'],
};

/** Without folders, control characters, and marks that turn the direction of writing. */
function clean(name: string): string {
  return (
    name
      .toWellFormed()
      // As browsers write a quotation mark in a form.
      .replaceAll('%22', '"')
      .replace(/^.*[/\\]/s, '')
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, '')
      .replace(/[<>:"|?*]/g, '_')
      .replace(/^[.\s]+|[.\s]+$/g, '')
  );
}

/** A name that says what the file is: `photo.exe`, which is a JPEG, becomes `photo.exe.jpg`. */
export function nameOf(sent: string, contentType: string): string {
  const [ending, suffix] = ENDINGS[contentType.split(';')[0]!] ?? [/^/, ''];
  const name = clean(sent) || 'file';
  const full = ending.test(name) ? name : name + suffix;
  if (full.length <= MAX_NAME) return full;
  const extension = /\.[a-z0-9]{1,5}$/i.exec(full)?.[0] ?? '';
  return (
    full
      .slice(0, MAX_NAME - extension.length)
      .toWellFormed()
      .replaceAll('\ufffd', '') + extension
  );
}

/** RFC 6266: the name in ASCII, and as it is for readers who know UTF-8. */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
