import express, { type ErrorRequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { calendarInvite } from '../../channels/calendarInvite.ts';
import { calendarFile } from '../../flows/calendarFile.ts';
import type { Message } from '../../flows/effect.ts';
import { personPage, saidTo } from '../../flows/personPage.ts';
import { type Reader, renderMessage, type Rendered } from '../../runtime/words.ts';
import { mailOptOut } from './mailOptOut.ts';
import { type Opened, openPage, pressed } from './openPage.ts';
import { memberRouter } from './member/memberRouter.ts';
import { phoneCode } from './phoneCode.ts';
import type { PageDeps } from './pageDeps.ts';
import { pageHeaders } from './pageHeaders.ts';
import { pageHtml } from './pageHtml.ts';
import { sorry } from './sorry.ts';

/** A press: what its button says, and the page it stood on. */
const pressShape = z.object({
  data: z.string().regex(/^[irpw]:[\w:-]{1,100}$/),
  once: z.string().regex(/^[\w-]{8,40}$/),
});

/**
 * `/p/<token>`: the person's own page. Whoever has the link sees one interview and may confirm, move or call it off;
 * nothing else of the person is shown, and opening it changes nothing.
 */
export function pageRouter(deps: PageDeps): Router {
  const router = Router();
  router.use(pageHeaders);
  router.use(express.urlencoded({ extended: false, limit: '4kb' }));
  router.get('/:token', async (request, response) => {
    const opened = await openPage(deps, request.params.token);
    if (!opened.ok) return sorry(deps, request, response, opened.why);
    show(deps, response, opened, request.params.token, []);
  });
  router.post('/:token', async (request, response) => {
    const { token } = request.params;
    const opened = await openPage(deps, token);
    if (!opened.ok) return sorry(deps, request, response, opened.why);
    const press = pressShape.safeParse(request.body);
    const said =
      press.success && isTheirs(opened, press.data.data) ? await act(deps, opened, press.data) : [];
    const after = await openPage(deps, token);
    if (after.ok) show(deps, response, after, token, said);
  });
  router.get('/:token/interview.ics', async (request, response) => {
    const opened = await openPage(deps, request.params.token);
    const interview = opened.ok ? opened.application.interview : undefined;
    if (!opened.ok || !interview) return sorry(deps, request, response, opened.ok ? 'wrong' : opened.why);
    const file = calendarFile(opened.turn, opened.application, interview, false);
    const content = calendarInvite(file, deps.words, opened.person, deps.clock.now());
    response.type('text/calendar').attachment('interview.ics').send(content);
  });
  router.use('/:token/mail', mailOptOut(deps));
  router.get('/:token/code', phoneCode(deps));
  router.use(memberRouter(deps));
  router.use((request, response) => sorry(deps, request, response, 'wrong'));
  router.use(trouble(deps));
  return router;
}

/** A link acts on its own application only. */
function isTheirs({ person, application }: Opened, data: string): boolean {
  const [kind, id] = data.split(':');
  if (kind === 'p') return person.dialog?.prompt === id && person.dialog?.application === application.id;
  return id === application.id;
}

/** Press the button as in the chat. @returns what was said to it */
async function act(
  deps: PageDeps,
  { person, application }: Opened,
  { data, once }: z.output<typeof pressShape>,
): Promise<Message[]> {
  const decision = await deps.desk.perform(person._id, pressed(person, application, data, once));
  if (!decision.ok) return [];
  const { toast } = decision;
  const said = saidTo(decision);
  return said.length > 0 || !toast || !('key' in toast) ? said : [toast];
}

function show(deps: PageDeps, response: Response, opened: Opened, token: string, said: Message[]): void {
  const { words } = deps;
  const { person, application, turn } = opened;
  const reader: Reader = { lang: person.lang, zone: person.zone };
  const now = personPage(turn, application);
  // What is being chosen is said by both.
  const all = [...said.filter(({ key }) => !now.some((one) => one.key === key)), ...now.reverse()];
  const sections: Rendered[] = all.map((message) => renderMessage(words, reader, message));
  const label = (key: string) => words.label(reader, { key: `page.${key}` });
  const coming = application.interview && application.interview.start > turn.now;
  const html = pageHtml({
    reader,
    title: label('title'),
    sections,
    links: [
      ...(coming ? [{ label: label('calendar'), url: `/p/${token}/interview.ics` }] : []),
      { label: label('chat'), url: deps.chatUrl },
    ],
    form: { action: `/p/${token}`, once: deps.clock.id(16) },
  });
  response.set('Content-Language', reader.lang).type('html').send(html);
}

/** A bug: the log has it; the person is asked to come again. The address is a key and stands in no log. */
function trouble(deps: PageDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    deps.log({ level: 'error', page: error instanceof Error ? error.stack : String(error) });
    sorry(deps, request, response, 'trouble');
  };
}
