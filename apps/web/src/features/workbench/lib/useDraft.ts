import { useEffect, useRef, useState } from 'react';
import { readStored, removeStored, writeStored } from '../../../lib/storage.ts';
import { type Draft, EMPTY_DRAFT } from './draft.ts';

const SAVE_AFTER_MS = 250;

type Stored = { draft: Draft; savedAt: string };

/** A draft in the shape in which it is kept. */
export function storedDraft(draft: Draft): Stored {
  return { draft, savedAt: new Date().toISOString() };
}

/**
 * The form's content, kept in this browser so that a refresh, a crash or a lost session costs nothing.
 * @param key where it is kept ("draft.new"), or null to keep it in the page only
 * @param initial what to start from when nothing is kept
 */
export function useDraft(key: string | null, initial: Draft = EMPTY_DRAFT) {
  const [restored] = useState(() => (key ? readStored<Stored>(key) : null));
  const [draft, setDraft] = useState<Draft>(() => ({ ...EMPTY_DRAFT, ...(restored?.draft ?? initial) }));
  const touched = useRef(false);

  useEffect(() => {
    if (!key || !touched.current) return;
    const save = () => writeStored(key, storedDraft(draft));
    const timer = setTimeout(save, SAVE_AFTER_MS);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [key, draft]);

  return {
    draft,
    /** When the draft that was found was last written; null when none was found. */
    restoredAt: restored?.savedAt ?? null,
    change: (part: Partial<Draft>) => {
      touched.current = true;
      setDraft((before) => ({ ...before, ...part }));
    },
    /** Forgets what was kept; the page's own content becomes `next`. */
    reset: (next: Draft = EMPTY_DRAFT) => {
      touched.current = false;
      if (key) removeStored(key);
      setDraft(next);
    },
  };
}
