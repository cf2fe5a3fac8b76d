import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

type Actions = {
  notes: () => void;
  labs: () => void;
  add: () => void;
  results: () => void;
  help: () => void;
  save: () => void;
};

const KEYS: Record<string, keyof Actions> = { '/': 'notes', l: 'labs', f: 'add', d: 'results', '?': 'help' };

/** Single keys can be switched off, as people who dictate or have a tremor need (WCAG 2.1.4). */
export function useShortcutsEnabled() {
  return useLocalStorage({ key: 'mozarela.single-key-shortcuts', defaultValue: true });
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target.matches('input, textarea, select') && !target.matches('[type=radio]')));

export function useShortcuts(active: boolean, actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;
  const [enabled] = useShortcutsEnabled();
  useEffect(() => {
    if (!active) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current.save();
        return;
      }
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (!enabled || modified || isTyping(event.target) || document.querySelector('[role=dialog]')) return;
      const action = KEYS[event.key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      latest.current[action]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [active, enabled]);
}
