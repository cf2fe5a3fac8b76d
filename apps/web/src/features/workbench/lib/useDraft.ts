import { useEffect, useRef, useState } from 'react';
import { readStored, removeStored, writeStored } from '../../../lib/storage.ts';
import { type Draft, EMPTY_DRAFT, rebase } from './draft.ts';

const SAVE_AFTER_MS = 250;

/** `base` is what the draft began with. */
type Stored = { draft: Draft; base: Draft };

/** A draft in the shape in which it is kept. */
export function storedDraft(draft: Draft, base: Draft = EMPTY_DRAFT): Stored {
  return { draft, base };
}

/** The draft that is kept, brought up to what it would begin with today. */
function restore(key: string | null, initial: Draft) {
  const stored = key ? readStored<Partial<Stored>>(key) : null;
  if (!stored?.draft) return null;
  const base = { ...EMPTY_DRAFT, ...(stored.base ?? initial) };
  return rebase({ ...EMPTY_DRAFT, ...stored.draft }, base, initial);
}

/**
 * The form's content, kept in this browser so that a refresh, a crash or a lost session costs nothing.
 * @param key where it is kept ("draft.new"), or null to keep it in the page only
 * @param initial what to start from when nothing is kept
 */
export function useDraft(key: string | null, initial: Draft = EMPTY_DRAFT) {
  const [base] = useState(initial);
  const [restored, setRestored] = useState(() => restore(key, initial));
  const [draft, setDraft] = useState<Draft>(restored?.draft ?? initial);
  const touched = useRef(false);

  useEffect(() => {
    if (!key || !touched.current) return;
    const save = () => writeStored(key, storedDraft(draft, base));
    const timer = setTimeout(save, SAVE_AFTER_MS);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [key, draft, base]);

  return {
    draft,
    /** A draft was found. */
    restored: restored !== null,
    /** It changes what was changed meanwhile in what it began with. */
    conflict: restored?.conflict ?? false,
    change: (part: Partial<Draft>) => {
      touched.current = true;
      setDraft((before) => ({ ...before, ...part }));
    },
    /** Forgets what was kept; the page's own content becomes `next`. */
    reset: (next: Draft = EMPTY_DRAFT) => {
      touched.current = false;
      if (key) removeStored(key);
      setRestored(null);
      setDraft(next);
    },
  };
}
