import type { RequestHandler } from 'express';
import { toString as drawCode } from 'qrcode';
import { readWebState } from '../../channels/whatsapp/web/readWebState.ts';
import { codePage } from '../../runtime/personLinks.ts';
import type { PageDeps } from './pageDeps.ts';
import { pageHtml } from './pageHtml.ts';
import { sorry } from './sorry.ts';

/** WhatsApp changes its code every twenty seconds; the page looks for a new one more often, in seconds. */
const refresh = 8;

/** `/p/<token>/code`: the code that links the agency's phone to WhatsApp, for the head, as long as one is wanted. */
export function phoneCode(deps: PageDeps): RequestHandler<{ token: string }> {
  return async (request, response) => {
    const link = deps.links.read(request.params.token);
    if (!link.ok || link.application !== codePage)
      return sorry(deps, request, response, link.ok ? 'wrong' : link.why);
    const { state, qr } = await readWebState(deps.db);
    const reader = { lang: deps.policy.lang, zone: deps.policy.zone };
    const wanted = state === 'link' && qr !== undefined;
    const html = pageHtml({
      reader,
      title: deps.words.label(reader, { key: 'messenger.web.page' }),
      sections: [
        {
          text: deps.words.text(reader, wanted ? 'messenger.web.scan' : `messenger.web.${state}`),
          buttons: [],
        },
      ],
      ...(wanted && { figure: await drawCode(qr, { type: 'svg', width: 320 }) }),
      refresh,
    });
    response.type('html').send(html);
  };
}
