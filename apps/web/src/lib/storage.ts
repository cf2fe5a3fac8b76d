/** localStorage that never throws: private windows and blocked storage simply forget. */
const PREFIX = 'mozarela.';

export function readStored<Value>(key: string): Value | null {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? null : (JSON.parse(text) as Value);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Nothing to do: the draft lives on in the page.
  }
}

export function removeStored(keyPrefix: string): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX + keyPrefix)) localStorage.removeItem(key);
  } catch {
    // Blocked storage holds nothing.
  }
}
