import { useEffect } from 'react';

/** "History - Mozarela.MD" in the tab. Never anything of a patient: tabs are seen by others. */
export function usePageTitle(title?: string): void {
  useEffect(() => {
    document.title = title ? `${title} – Mozarela.MD` : 'Mozarela.MD';
  }, [title]);
}
