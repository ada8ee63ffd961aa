import { once } from 'node:events';
import { join } from 'node:path';
import express from 'express';
import { pageRouter } from '../../api/page/pageRouter.ts';
import { makePersonLinks, type PersonLinks } from '../../runtime/personLinks.ts';
import { loadWords } from '../../runtime/words.ts';
import { noRawKeys } from '../support/noRawKeys.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { ownDatabase } from '../support/ownDatabase.ts';

export interface PagesUnderTest {
  world: EngineUnderTest;
  links: PersonLinks;
  base: string;
  /** What the pages wrote down of their own faults. */
  log: object[];
  get(url: string, lang?: string): Promise<{ status: number; headers: Headers; text: string }>;
  close(): Promise<void>;
}

/** People's pages over the real database and engine, on a port of their own. */
export async function startPages(at: number): Promise<PagesUnderTest> {
  const store = await ownDatabase();
  const world = await startEngine(store.uri, at, ['telegram', 'email']);
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const words = loadWords(join(import.meta.dirname, '../../locales'));
  const { db, engine, clock, livePolicy } = world;
  const links = makePersonLinks({ secret: 's', base, clock });
  const log: object[] = [];
  const chatUrl = 'https://t.me/bot';
  app.use(
    '/p',
    pageRouter({
      db,
      desk: engine.desk,
      reader: engine.reader,
      clock,
      words,
      policy: livePolicy.policy,
      links,
      chatUrl,
      startUrl: (_member, payload) => `${chatUrl}?start=${payload}`,
      log: (line) => log.push(line),
    }),
  );
  return {
    world,
    links,
    base,
    log,
    get: async (url, lang = 'ru') => {
      const response = await fetch(url, { headers: { 'accept-language': lang } });
      const text = await response.text();
      noRawKeys(text.replaceAll(/<style>.*?<\/style>|<script>.*?<\/script>|<[^>]*>/gs, ' '));
      return { status: response.status, headers: response.headers, text };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await world.close();
    },
  };
}
