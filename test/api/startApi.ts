import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { z } from 'zod';
import type { ApiDeps } from '../../api/apiDeps.ts';
import { makeApi } from '../../api/makeApi.ts';
import { routes } from '../../api/routes.ts';
import { problemSchema } from '../../api/schemas/problemSchema.ts';
import { makeFetchSheet } from '../../intake/googleSheet.ts';
import { makeImports } from '../../intake/makeImports.ts';
import { makeSources } from '../../intake/makeSources.ts';
import { type ScriptedSource, scriptedSource } from '../intake/scriptedSource.ts';
import { makeFiles } from '../../runtime/files.ts';
import { addKey } from '../../models/keys.ts';
import { randomId } from '../../runtime/clock.ts';
import { loadWords, type Words } from '../../runtime/words.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { ownDatabase } from '../support/ownDatabase.ts';

export interface Reply {
  status: number;
  headers: Headers;
  body: Loose;
}

/** An answer as a test reads it: the fields the tests name; what is really there is checked by its schema. */
export interface Loose {
  id: string;
  name: string;
  code: string;
  path: string;
  kind: string;
  status: string;
  what: string;
  by: string;
  role: string;
  at: string;
  due: string;
  done: string;
  start: string;
  end: string;
  title: string;
  detail: string;
  instance: string;
  message: string;
  messageAt: string;
  interviewer: string;
  recruiter: string;
  candidate: string;
  application: string;
  taken?: string;
  next?: string;
  items: Loose[];
  nearest: Loose[];
  errors: Loose[];
  notes: Loose[];
  tasks: Loose[];
  questions: Loose[];
  applications: Loose[];
  interview: Loose;
  refusal: Loose;
  blacklisted: Loose;
}

export interface CallOptions {
  body?: unknown;
  /** `admin` when not said; null: no key at all. */
  key?: string | null;
  headers?: Record<string, string>;
}

export interface ApiUnderTest {
  url: string;
  /** Of the database. */
  uri: string;
  world: EngineUnderTest;
  deps: ApiDeps;
  /** The source that is set up; read by `deps.sources.tick`. */
  avito: ScriptedSource;
  words: Words;
  admin: string;
  reader: string;
  log: object[];
  /** What `/health` is told next. */
  health: { ok: boolean };
  /** Calls over HTTP, and checks that the answer fits the schema its route promises. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  /** A candidate on a vacancy, ready for review. */
  lead(
    name: string,
    more?: { vacancy?: string; phone?: string },
  ): Promise<{ candidate: string; application: string }>;
  close(): Promise<void>;
}

/** The admin API as it is shipped, over a real store and the real core; only the messenger is a notebook. */
export async function startApi(at = Date.UTC(2026, 10, 24, 9)): Promise<ApiUnderTest> {
  const store = await ownDatabase();
  const world = await startEngine(store.uri, at);
  const words = loadWords(join(import.meta.dirname, '../../locales'));
  const log: object[] = [];
  const health = { ok: true };
  const { db, clock, engine, livePolicy } = world;
  const files = makeFiles({ db, clock, telegram: () => Promise.reject(new Error('not there')) });
  const avito = scriptedSource();
  const deps: ApiDeps = {
    db,
    clock,
    words,
    policy: livePolicy.policy,
    livePolicy,
    desk: engine.desk,
    files,
    imports: makeImports({
      db,
      clock,
      desk: engine.desk,
      files,
      words,
      policy: livePolicy.policy,
      tell: engine.tell,
      owner: 'test',
      fetchSheet: makeFetchSheet(() => Promise.reject(new TypeError('no network here'))),
      log: (line) => log.push(line),
    }),
    sources: makeSources({
      ...engine,
      db,
      clock,
      policy: livePolicy.policy,
      sources: [avito],
      log: (line) => log.push(line),
    }),
    clientCalls: engine.clientCalls,
    companies: engine.companies,
    groups: engine.groups,
    vacancies: engine.vacancies,
    free: engine.free,
    health: () => Promise.resolve({ ...health, database: 'ok' }),
    log: (line) => log.push(line),
  };
  const app = makeApi(deps);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const [admin, reader] = [`ra_${randomId(32)}`, `ra_${randomId(32)}`];
  await addKey(db, { key: admin, name: 'crm', role: 'admin', now: clock.now() });
  await addKey(db, { key: reader, name: 'report', role: 'reader', now: clock.now() });

  const call: ApiUnderTest['call'] = async (method, path, { body, key = admin, headers } = {}) => {
    const raw = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw }),
    });
    const text = await response.text();
    const reply: Reply = {
      status: response.status,
      headers: response.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    if (path.startsWith('/api/v1')) fits(method, path, reply);
    return reply;
  };

  return {
    url,
    uri: store.uri,
    world,
    deps,
    avito,
    words,
    admin,
    reader,
    log,
    health,
    call,
    lead: async (name, { vacancy = 'cook', phone } = {}) => {
      const added = await call('POST', '/api/v1/candidates', {
        body: { name, vacancy, source: 'hh', phone },
      });
      expect(added.status).toBe(201);
      return added.body;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await world.close();
    },
  };
}

/** The answer is what the document promises: known status, right type, no field too many or too few. */
function fits(method: string, path: string, { status, headers, body }: Reply): void {
  if (status >= 400) {
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return same(problemSchema, body);
  }
  const bare = path.replace('/api/v1', '').replace(/\?.*/, '');
  const route = routes.find(
    (one) =>
      one.method.toUpperCase() === method &&
      new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  );
  const schema = route?.answers[status];
  if (!schema) throw new Error(`${method} ${bare} answers ${status}, which is not in its description`);
  same(schema, body);
}

function same(schema: z.ZodType, body: unknown): void {
  expect(schema.parse(body)).toEqual(body);
}
