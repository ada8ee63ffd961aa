import { type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from '../http/readBody.ts';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { authorizePage } from './authorizePage.ts';
import { employer, type Hh } from './hh.ts';
import { HhError } from './hhError.ts';
import {
  collections,
  collectionsJson,
  messagesJson,
  pageJson,
  responseJson,
  resumeJson,
  vacancyJson,
} from './hhShapes.ts';
import { TokenError } from './hhTokens.ts';

const subscription = z.object({ url: z.url(), actions: z.array(z.object({ type: z.string() })).min(1) });
const before = ['silent', 'html', 'too-many', 'captcha', 'odd', 'unavailable'] as const;

interface Call {
  hh: Hh;
  api: string;
  url: URL;
  body: string;
}

/** hh.ru at `/hh` (the page that asks for consent) and `/hh/api` (its API), as far as an employer's program needs them. */
export async function serveHh(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  if (url.pathname === '/hh/oauth/authorize') return authorizePage(sim, res, url);
  const { hh } = sim;
  const path = url.pathname.replace(/^\/hh\/api/, '');
  const body = String((await readBody(req, 100_000)) ?? '');
  try {
    if (broken(hh, path, res)) return;
    if (!(req.headers['user-agent'] && req.headers['hh-user-agent']))
      throw new HhError(400, 'bad_user_agent', 'unset');
    const call = { hh, api: `http://${req.headers.host ?? ''}/hh/api`, url, body };
    const answer = run(call, `${req.method ?? 'GET'} ${path}`, req.headers.authorization);
    await sim.world.store.flushed();
    if (hh.take(path, ['drop-after'])) return void res.destroy();
    if (answer === undefined) return void res.writeHead(204).end();
    sendJson(res, req.method === 'POST' && path !== '/token' ? 201 : 200, answer);
  } catch (error) {
    if (error instanceof TokenError) return sendJson(res, 400, error.body);
    if (!(error instanceof HhError)) throw error;
    sendJson(res, error.status, error);
  }
}

/** Is this call answered by an ordered fault? */
function broken(hh: Hh, path: string, res: ServerResponse): boolean {
  switch (hh.take(path, before)) {
    case 'silent':
      return true;
    case 'html':
      res.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>');
      return true;
    case 'too-many':
      throw new HhError(429, 'too_many_requests');
    case 'captcha':
      throw new HhError(403, 'captcha_required');
    case 'unavailable':
      throw new HhError(503, 'service_unavailable');
    case 'odd':
      sendJson(res, 200, { items: 'none', collections: 1 });
      return true;
    default:
      return false;
  }
}

function run(call: Call, what: string, authorization: string | undefined): object | undefined {
  const { hh, body } = call;
  if (what === 'POST /token') return hh.tokens.exchange(new URLSearchParams(body));
  const fault = hh.tokens.fault((authorization ?? '').replace(/^Bearer /, ''));
  if (fault) throw new HhError(403, 'oauth', fault);
  for (const [pattern, answer] of routes) {
    const match = pattern.exec(what);
    if (match) return answer(call, match[1] ?? '', match[2] ?? '');
  }
  throw new HhError(404, 'not_found');
}

const routes: [RegExp, (call: Call, first: string, second: string) => object | undefined][] = [
  [
    /^GET \/me$/,
    ({ hh }) =>
      hh.take('/me', ['applicant'])
        ? { id: '9', is_employer: false, is_applicant: true, employer: null }
        : {
            id: employer.manager,
            is_employer: true,
            is_applicant: false,
            employer: { id: employer.id, name: employer.name, manager_id: employer.manager },
            manager: { id: employer.manager, has_multiple_manager_accounts: false },
          },
  ],
  [
    /^GET \/employers\/(\d+)\/managers$/,
    ({ url }) => pageJson([{ id: employer.manager, vacancies_count: 1 }], url.searchParams, 500),
  ],
  [
    /^GET \/employers\/(\d+)\/vacancies\/active$/,
    ({ hh, url }, id) => {
      if (id !== employer.id) throw new HhError(404, 'not_found');
      const open = hh.vacancies.filter(({ archived }) => !archived);
      return pageJson(open.map(vacancyJson), url.searchParams, 50);
    },
  ],
  [
    /^GET \/negotiations$/,
    ({ hh, api, url }) => {
      const vacancy = vacancyOf(hh, url);
      const mine = hh.responses.filter((one) => one.vacancy === vacancy);
      return collectionsJson(api, vacancy, mine);
    },
  ],
  [
    /^GET \/negotiations\/([a-z_]+)$/,
    ({ hh, api, url }, name) => {
      if (!collections.includes(name)) throw new HhError(404, 'not_found');
      const vacancy = vacancyOf(hh, url);
      const mine = hh.responses.filter((one) => one.vacancy === vacancy && one.employerState === name);
      const items = mine.sort((a, b) => b.at - a.at).map((one) => responseJson(api, one));
      return pageJson(items, url.searchParams, 50);
    },
  ],
  [/^GET \/negotiations\/(\d+)$/, ({ hh, api }, id) => responseJson(api, hh.response(id))],
  [
    /^GET \/negotiations\/(\d+)\/messages$/,
    ({ hh, url }, id) => pageJson(messagesJson(hh.response(id)), url.searchParams, 20),
  ],
  [
    /^PUT \/negotiations\/([a-z_]+)\/(\d+)$/,
    ({ hh, body }, action, id) => {
      if (!collections.includes(action)) throw new HhError(404, 'not_found');
      return void hh.act(id, action, new URLSearchParams(body).get('message') ?? undefined);
    },
  ],
  [
    /^GET \/resumes\/(\w+)$/,
    ({ hh, api }, id) => {
      if (hh.take('/resumes', ['view-limit'])) throw new HhError(429, 'resumes', 'view_limit_exceeded');
      const response = hh.responses.find(({ resume }) => resume === id);
      if (!response || response.contact === 'gone') throw new HhError(404, 'not_found');
      if (response.contact === 'paid') throw new HhError(403, 'api_access_payment', 'action_must_be_payed');
      return resumeJson(api, response);
    },
  ],
  [
    /^POST \/webhook\/subscriptions$/,
    ({ hh, body }) => {
      const wanted = subscription.safeParse(JSON.parse(body || 'null'));
      if (!wanted.success) throw new HhError(400, 'bad_json_data', 'actions');
      hh.subscribe(wanted.data.url);
      return { id: '1' };
    },
  ],
  [
    /^PUT \/webhook\/subscriptions\/1$/,
    ({ hh, body }) => {
      const wanted = subscription.safeParse(JSON.parse(body || 'null'));
      if (!wanted.success) throw new HhError(400, 'bad_json_data', 'actions');
      return void hh.subscribe(wanted.data.url);
    },
  ],
  [
    /^GET \/webhook\/subscriptions$/,
    ({ hh }) => ({ items: hh.hookUrl === undefined ? [] : [{ id: '1', url: hh.hookUrl, actions: [] }] }),
  ],
];

function vacancyOf(hh: Hh, url: URL): string {
  const id = url.searchParams.get('vacancy_id') ?? '';
  if (!hh.vacancies.some((one) => one.id === id)) throw new HhError(404, 'not_found');
  return id;
}
