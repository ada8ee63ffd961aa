import { type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from '../http/readBody.ts';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { Avito, type AvitoResponse } from './avito.ts';
import { isWriting, serveChats } from './serveChats.ts';

const ids = z.strictObject({ ids: z.array(z.string()).max(100) });
const viewed = z.strictObject({
  applies: z.array(z.strictObject({ id: z.string(), is_viewed: z.boolean() })).max(100),
});
const webhook = z.strictObject({ url: z.url(), secret: z.string().min(1) });
const day = /^\d{4}-\d\d-\d\d$/;
const perPage = 100;

/**
 * Avito's `/token`, `/job/v1/applications/…` and chats at `/avito`, as its documents have them: errors in three shapes, a list of
 * ids the newest first, a page from the last id of the page before, details of a hundred at most.
 */
export async function serveAvito(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  const { avito } = sim;
  const body = String((await readBody(req, 100_000)) ?? '');
  const path = url.pathname.slice('/avito'.length);
  if (path === '/token') return giveToken(avito, res, body);
  const method = req.method ?? '';
  const fault = avito.take(isWriting(method, path));
  if (fault === 'silent') return;
  if (fault === 'html')
    return void res.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>');
  if (fault === 'token-ended') avito.endTokens();
  const left = avito.left();
  res.setHeader('X-RateLimit-Limit', Avito.limit);
  res.setHeader('X-RateLimit-Remaining', Math.max(left, 0));
  if (fault === 'too-many' || left < 0) return sendJson(res, 429, { error: { code: 429 } });
  const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  if (!avito.knows(token))
    return sendJson(res, 401, { result: { status: false, message: 'invalid access token' } });
  if (fault === 'no-rights')
    return sendJson(res, 403, { error: { code: 403, message: 'permission denied' } });
  if (fault === 'unpaid') return sendJson(res, 402, { errors: ['no package'] });
  if (fault === 'odd') return sendJson(res, 200, { applies: 'none' });
  const call = { method, pathname: path, body: parsed(body), lost: fault === 'drop-after' };
  if (!serveChats(avito, res, call)) answer(sim, res, `${method} ${path}`, url.searchParams, body);
}

function giveToken(avito: Avito, res: ServerResponse, body: string): void {
  const form = new URLSearchParams(body);
  const secret = form.get('client_secret') ?? '';
  if (form.get('grant_type') !== 'client_credentials')
    return sendJson(res, 400, { error: { type: 'grant_type', value: 'unsupported' } });
  // A secret that is refused is told with a status of 200.
  if (!form.get('client_id') || !secret || secret === 'wrong')
    return sendJson(res, 200, { error: 'invalid_client', error_description: 'Invalid client credentials' });
  sendJson(res, 200, avito.newToken());
}

function answer(
  { avito, world }: Simulator,
  res: ServerResponse,
  what: string,
  query: URLSearchParams,
  body: string,
): void {
  switch (what) {
    case 'GET /job/v1/applications/get_ids': {
      const from = query.get('updatedAtFrom') ?? '';
      if (!day.test(from)) return sendJson(res, 400, { errors: ['updatedAtFrom is required'] });
      return sendJson(res, 200, { applies: page(avito, Date.parse(from), query.get('cursor')) });
    }
    case 'POST /job/v1/applications/get_by_ids': {
      const asked = ids.safeParse(parsed(body));
      if (!asked.success) return sendJson(res, 400, { error: { code: 400, message: 'ids' } });
      const found = avito.all.filter(({ id }) => asked.data.ids.includes(id));
      return sendJson(res, 200, { applies: found.map((one) => detailsOf(one, (at) => world.clock.iso(at))) });
    }
    case 'POST /job/v1/applications/set_is_viewed': {
      const asked = viewed.safeParse(parsed(body));
      if (!asked.success) return sendJson(res, 400, { error: { code: 400, message: 'applies' } });
      for (const { id, is_viewed } of asked.data.applies)
        for (const one of avito.all) if (one.id === id) one.viewed = is_viewed;
      return sendJson(res, 200, asked.data);
    }
    case 'PUT /job/v1/applications/webhook': {
      const asked = webhook.safeParse(parsed(body));
      if (!asked.success) return sendJson(res, 400, { error: { code: 400, message: 'url' } });
      avito.hook = asked.data;
      return sendJson(res, 200, asked.data);
    }
    default:
      sendJson(res, 404, { error: { code: 404, message: 'not found' } });
  }
}

/** The newest first; a page repeats the last one of the page before, as lists do that move while they are read. */
function page({ all }: Avito, from: number, cursor: string | null): object[] {
  const list = all
    .filter(({ updated }) => updated >= from)
    .sort((a, b) => b.created - a.created || b.id.localeCompare(a.id));
  const at =
    cursor === null
      ? 0
      : Math.max(
          list.findIndex(({ id }) => id === cursor),
          0,
        );
  return list.slice(at, at + perPage).map(({ id, created, updated }) => ({
    id,
    created_at: new Date(created).toISOString(),
    updated_at: new Date(updated).toISOString(),
    state: 'new',
  }));
}

function detailsOf(
  {
    id,
    vacancy,
    first,
    last,
    phone,
    chat,
    resume,
    answers,
    created,
    updated,
    viewed: is_viewed,
  }: AvitoResponse,
  iso: (at: number) => string,
): object {
  return {
    id,
    vacancy_id: vacancy,
    negotiation_id: null,
    employee_id: null,
    type: phone ? 'by_phone' : 'by_chat',
    state: 'new',
    is_viewed,
    created_at: iso(created),
    updated_at: iso(updated),
    applicant: {
      id: `applicant-${id}`,
      resume_id: resume === undefined ? null : String(resume),
      data: {
        birthday: null,
        citizenship: null,
        full_name: { first_name: first, last_name: last, patronymic: null },
        name: `${last} ${first}`,
      },
    },
    contacts: {
      chat: chat === undefined ? null : { value: chat },
      // A number is told as a number, not as text.
      phones: phone === undefined ? [] : [{ status: 'received', value: Number(phone.replaceAll(/\D/g, '')) }],
    },
    prevalidation: answers.length === 0 ? null : { status: 'success', summary: answers },
    price: null,
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
