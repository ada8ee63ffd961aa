import type { Request, Response } from 'express';
import { readerOf } from '../readerOf.ts';
import type { PageDeps } from './pageDeps.ts';
import { pageHtml } from './pageHtml.ts';

const statuses = { wrong: 404, expired: 410, trouble: 500 };

/** A wrong link, one that is too old, and a fault of ours are answered kindly, in the reader's own language. */
export function sorry(
  deps: PageDeps,
  request: Request,
  response: Response,
  why: keyof typeof statuses,
): void {
  const reader = readerOf(deps, request);
  const label = (key: string) => deps.words.label(reader, { key: `page.${key}` });
  const html = pageHtml({
    reader,
    title: label('title'),
    sections: [{ text: deps.words.text(reader, `page.${why}`), buttons: [] }],
    links: [{ label: label('chat'), url: deps.chatUrl }],
  });
  response.status(statuses[why]).type('html').send(html);
}
