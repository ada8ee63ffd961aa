import type { Request, Response } from 'express';
import type { Reader } from '../../runtime/words.ts';
import { readerOf } from '../readerOf.ts';
import type { PageDeps } from './pageDeps.ts';
import { pageHtml } from './pageHtml.ts';

/** What is answered where no page can be shown, and under which heading. */
const answers = {
  wrong: { status: 404, title: 'page.title', text: 'page.wrong' },
  expired: { status: 410, title: 'page.title', text: 'page.expired' },
  trouble: { status: 500, title: 'page.title', text: 'page.trouble' },
  noSuchPage: { status: 404, title: 'memberPage.title', text: 'page.wrong' },
  old: { status: 410, title: 'memberPage.title', text: 'memberPage.old' },
  closed: { status: 403, title: 'memberPage.title', text: 'memberPage.closed' },
  notYours: { status: 403, title: 'memberPage.title', text: 'memberPage.notYours' },
};

/**
 * A wrong link, one that is too old, one whose owner may not see this any more, and a fault of ours are answered
 * kindly, in the reader's own language.
 */
export function sorry(
  deps: PageDeps,
  request: Request,
  response: Response,
  why: keyof typeof answers,
  known?: Reader,
): void {
  const reader = known ?? readerOf(deps, request);
  const { status, title, text } = answers[why];
  const html = pageHtml({
    reader,
    title: deps.words.label(reader, { key: title }),
    sections: [{ text: deps.words.text(reader, text), buttons: [] }],
    links: [{ label: deps.words.label(reader, { key: 'page.chat' }), url: deps.chatUrl }],
  });
  response.status(status).type('html').send(html);
}
