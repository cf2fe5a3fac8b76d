const KEY = 'mozarela.reloaded-at';
/** A second failure so soon is no new release but a broken one: the error page is shown then. */
const ONCE_IN_MS = 60_000;

/** After a new release the parts of the old one are gone: the page is loaded anew, drafts are kept. */
export function reloadWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < ONCE_IN_MS) return;
    event.preventDefault();
    sessionStorage.setItem(KEY, String(Date.now()));
    window.location.reload();
  });
}
