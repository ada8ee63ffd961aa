import { createHash } from 'node:crypto';
import { type Html, trusted } from '../html.ts';

/** How often an open page looks for news, in seconds. */
export const freshSeconds = 60;

/**
 * All that runs on a member's page: every minute, and when it comes back into view, what stands in `main` is fetched
 * anew and put in place, so that nobody loses where they have scrolled to or what they have focused. Nothing is touched
 * while a form is being filled in. Where the link has ended, the page says so by loading itself.
 */
const script = `
const live = () => document.querySelector('main');
let at = performance.now();
const look = async () => {
  if (document.hidden || document.activeElement?.closest('form')) return;
  at = performance.now();
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (!answer.ok) return answer.status < 500 ? location.reload() : undefined;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    if (!next || document.activeElement?.closest('form')) return;
    const focused = document.activeElement?.id;
    for (const details of live().querySelectorAll('details[id][open]')) next.querySelector('#' + CSS.escape(details.id))?.setAttribute('open', '');
    live().replaceChildren(...next.childNodes);
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
