import { createHash } from 'node:crypto';
import { type Html, trusted } from '../html.ts';

/** How often an open page looks for news, in seconds. */
export const freshSeconds = 60;

/** How long a form that is being filled in keeps the page as it is, in seconds. */
const patience = 300;

/**
 * All that runs on a member's page: every minute, and when it comes back into view, what stands in `main` is fetched
 * anew and put in place, so that nobody loses where they have scrolled to or what they have focused. While a form is being
 * filled in nothing is touched, for some minutes. Where the link has ended, the page says so by loading itself.
 */
const script = `
let at = performance.now();
const filling = () => document.activeElement?.closest('form') && performance.now() - at < ${patience * 1_000};
const look = async () => {
  if (document.hidden || filling()) return;
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (answer.status >= 500) throw answer;
    if (!answer.ok) return location.reload();
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    if (!next || filling()) return;
    at = performance.now();
    const focused = document.activeElement?.id;
    document.querySelector('main').replaceChildren(...next.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    document.body.classList.remove('stale');
  } catch {
    document.body.classList.add('stale');
  }
};
setInterval(look, ${freshSeconds * 1_000});
document.addEventListener('visibilitychange', () => { if (performance.now() - at > 15000) look(); });
`;

/** It, as it stands on a page: a space more in it, and its hash is another's. */
export const freshScript: Html = trusted(`<script>${script}</script>`);

/** What a Content-Security-Policy allows that script by, and no other. */
export const freshHash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
