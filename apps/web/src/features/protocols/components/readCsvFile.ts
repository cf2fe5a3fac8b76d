const MOST_BYTES = 5 * 1024 * 1024;

export type CsvFile = { name: string; csv: string } | { problem: 'tooLarge' | 'unreadable' };

/** Reads a chosen file as text: UTF-8, else Windows-1252, which spreadsheets still write. */
export async function readCsvFile(file: File): Promise<CsvFile> {
  if (file.size > MOST_BYTES) return { problem: 'tooLarge' };
  const bytes = await file.arrayBuffer();
  const csv = decode(bytes);
  if (csv.includes('\u0000')) return { problem: 'unreadable' };
  return { name: file.name.replace(/\.(csv|txt|tsv)$/i, '').slice(0, 120), csv };
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
