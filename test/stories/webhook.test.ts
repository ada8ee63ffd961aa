import { createServer, request, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAgency } from '../../demo/demoAgency.ts';
import { makeInvite } from '../../models/invites.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { loadWords } from '../../runtime/words.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';
import { auditOf } from '../support/auditOf.ts';
import { eventually } from '../support/eventually.ts';
import { makeSimulator, type Person, type Simulator } from '../support/simulator.ts';
import { type RealProduct, startReal } from '../support/startReal.ts';
import { type RunningStore, startStore } from '../support/startStore.ts';
import { label, worded } from '../support/worded.ts';

const token = '777000:a_token_that_looks_like_a_real_one_01';
const path = '/webhooks/telegram';

let store: RunningStore;
let simulator: Running;
let sim: Simulator;
let db: Database;
/** What stands before the product's processes: takes turns, and remembers what Telegram sent. */
let balancer: Server;
let front = '';
const products: RealProduct[] = [];
const passed: { secret: string; body: string; status: number }[] = [];

beforeAll(async () => {
  [store, simulator] = await Promise.all([startStore(), startSimulator()]);
  sim = makeSimulator(simulator.url);
  balancer = createServer((incoming, answer) => {
    const next = products[passed.length % Math.max(products.length, 1)];
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const seen = {
        secret: String(incoming.headers['x-telegram-bot-api-secret-token'] ?? ''),
        body: body.toString(),
        status: 502,
      };
      passed.push(seen);
      const fail = (): void => void answer.writeHead(502).end();
      if (!next) return fail();
      const onward = request(
        `${next.url}${incoming.url ?? ''}`,
        { method: 'POST', headers: incoming.headers },
        (back) => {
          seen.status = back.statusCode ?? 502;
          answer.writeHead(seen.status);
          back.pipe(answer);
        },
      );
      onward.once('error', fail);
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve));
  const address = balancer.address();
  front = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  db = await openDatabase(store.uri);
  const { members, vacancies } = demoAgency(loadWords('locales'), Date.now());
  await db.vacancies.insertMany(vacancies);
  await db.members.insertMany(members);
  await db.links.insertOne({
    _id: 'operator-link',
    vacancy: 'operator',
    source: 'site',
    createdAt: Date.now(),
  });
  products.push(await start(), await start());
});
afterAll(async () => {
  for (const product of products) await product.stop();
  await db.close();
  balancer.closeAllConnections();
  balancer.close();
  await Promise.all([simulator.stop(), store.stop()]);
});

const start = (): Promise<RealProduct> =>
  startReal({
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: simulator.url,
    TELEGRAM_MESSAGES_PER_SECOND: '0',
    PUBLIC_URL: `${front}/`,
    MONGODB_URI: store.uri,
  });

const post = (body: unknown, secret?: string): Promise<Response> =>
  fetch(`${products[0]?.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
    },
    body: JSON.stringify(body),
  });

/** Until the bot has answered: here nobody tells the simulator what the product is doing. */
const hears = (person: Person, text: RegExp | string) => person.sees(text);

describe('two processes, one token, one database, by webhook', () => {
  test('[X-06] the webhook is set with a secret, and Telegram’s own calls carry it', async () => {
    const { body } = await simulator.bot('getWebhookInfo', {}, token);
    expect(body.result).toMatchObject({
      url: `${front}${path}`,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
    const person = await sim.newPerson('Вебхуков');
    await person.say('/help');
    await hears(person, worded('candidate.help'));
    expect(passed.every(({ secret, status }) => /^[\w-]{20,}$/.test(secret) && status === 200)).toBe(true);
  });

  test('[X-06] a wrong secret, none, and a body that is no update are refused and leave nothing', async () => {
    const before = await db.inbox.countDocuments();
    const update = {
      update_id: 1,
      message: { message_id: 1, date: 1, chat: { id: 5, type: 'private' }, text: 'x' },
    };
    expect((await post(update)).status).toBe(401);
    expect((await post(update, 'wrong')).status).toBe(401);
    expect((await post(update, 'x'.repeat(passed[0]?.secret.length ?? 0))).status).toBe(401);
    expect((await post({ no: 'update' }, passed[0]?.secret)).status).toBe(400);
    expect(await db.inbox.countDocuments()).toBe(before);
  });

  test('[X-06] an update that comes again, to the other process too, is worked once', async () => {
    const person = await sim.newPerson('Повторов');
    await person.say('/help');
    await hears(person, worded('candidate.help'));
    const update = passed.findLast(({ body }) => body.includes(String(person.id)));
    for (const product of products) {
      const again = await fetch(`${product.url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': update?.secret ?? '',
        },
        body: update?.body ?? '',
      });
      expect(again.status).toBe(200);
    }
    await person.say('/status');
    await hears(person, worded('candidate.status.none'));
    const helps = (await person.messages()).filter(({ text }) => worded('candidate.help').test(text));
    expect(helps).toHaveLength(1);
  });

  test('[P-01] [X-01] [X-02] a head by invite, a candidate by link: the whole screening over both processes', async () => {
    await makeInvite(db, 'head-invite-token-0001', { role: 'head', member: 'head', createdAt: Date.now() });
    const head = await sim.newPerson('Елена Орлова');
    await head.say('/start inv_head-invite-token-0001');
    await eventually(
      () => head.messages(),
      (list) => list.some(({ from }) => from === 'bot'),
    );
    const person = await sim.newPerson('Обе Стороны', 'ru', '+79165550001');
    await person.say('/start operator-link');
    const asked = await hears(person, worded('candidate.consent.ask'));
    // Until the head has given the agency a name, it is the bot's.
    expect(asked.text).toContain('«Bot 777000»');
    await person.tap(label('candidate.consent.yes'));
    await hears(person, 'опыт');
    await person.say('Три года на телефоне');
    await hears(person, worded('candidate.answer.number'));
    await person.say('70 000');
    await hears(person, worded('candidate.answer.city'));
    await person.say('Самара');
    await hears(person, worded('candidate.answer.phone'));
    await person.send({ contact: true });
    await hears(person, worded('candidate.answer.email'));
    await person.say('zoya@example.org');
    await hears(person, worded('candidate.screened'));
    const candidate = await db.candidates.findOne({ 'channels.address': String(person.id) });
    expect(candidate?.applications[0]).toMatchObject({ source: 'site', stage: 'review' });
    expect(candidate).toMatchObject({ zone: 'Europe/Samara', phone: '+79165550001' });
  });

  test('[X-06] one process is killed in mid-talk: Telegram tries again, the other one answers, once', async () => {
    const person = await sim.newPerson('Переживший', 'ru', '+79165550002');
    await person.say('/start operator-link');
    await hears(person, worded('candidate.consent.ask'));
    await products[1]?.kill();
    await person.tap(label('candidate.consent.yes'));
    products.length = 1;
    await eventually(
      () => person.messages(),
      (list) => list.filter(({ text }) => text.startsWith('1 из')).length === 1,
      40_000,
    );
    await person.say('Опыт есть');
    await hears(person, worded('candidate.answer.number'));
    expect((await auditOf({ MONGODB_URI: store.uri })).said).toMatch(
      /Everything is accounted for|Всё учтено/,
    );
  });
});
