import type { Member } from '../../../flows/member.ts';
import type { MemberPage } from '../../../runtime/personLinks.ts';
import { zoneName } from '../../../runtime/zoneName.ts';
import { type Html, html, type Piece, trusted } from '../html.ts';
import type { PageDeps } from '../pageDeps.ts';
import { freshScript, freshSeconds } from './keepFresh.ts';
import { calendarStyle } from './calendarStyle.ts';
import { memberStyle } from './memberStyle.ts';
import type { Say } from './say.ts';

/** Which pages each role goes between. */
const pagesOf: Record<Member['role'], MemberPage[]> = {
  head: ['control', 'calendar'],
  recruiter: ['calendar'],
  client: ['calendar', 'progress'],
};

/** A member's page around what it shows: where one is, when it was drawn, and what keeps it fresh. */
export function memberShell(
  deps: Pick<PageDeps, 'clock' | 'chatUrl' | 'words'>,
  {
    member,
    say,
    page,
    token,
    body,
  }: { member: Member; say: Say; page: MemberPage; token: string; body: Piece },
): Html {
  const now = deps.clock.now();
  const title = say(`memberPage.${page}.title`);
  const links = pagesOf[member.role].map(
    (one) =>
      html`<a href="/p/${token}/${one}" ${one === page && html` aria-current="page"`}
        >${say(`memberPage.${one}.title`)}</a
      >`,
  );
  const time = { at: now, as: 'time' as const };
  const zone = { at: now, as: 'zone' as const };
  return html`<!doctype html>
    <html lang="${member.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <noscript><meta http-equiv="refresh" content="${freshSeconds}" /></noscript>
        <title>${title}</title>
        <style>
          ${trusted(memberStyle)}${page === 'calendar' && trusted(calendarStyle)}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">${say('memberPage.skip')}</a>
        <header>
          <nav aria-label="${say('memberPage.nav')}">
            ${links}<a href="${deps.chatUrl}">${say('memberPage.chat')}</a>
          </nav>
        </header>
        <main id="content" tabindex="-1">
          <h1>${title}</h1>
          <p class="fresh">
            ${say('memberPage.fresh', { time, zone, name: zoneName(deps.words, member.lang, member.zone) })}<strong
              class="offline"
            >
              ${say('memberPage.offline')}</strong
            >
          </p>
          ${body}
        </main>
        ${freshScript}
      </body>
    </html>`;
}
