import { join } from 'node:path';
import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { makeBot } from '../../bot/makeBot.ts';
import type { BotDeps, StaffBot } from '../../bot/botDeps.ts';
import { makeFetchSheet } from '../../intake/googleSheet.ts';
import { makeImports } from '../../intake/makeImports.ts';
import { makeSources } from '../../intake/makeSources.ts';
import type { Imports } from '../../runtime/imports.ts';
import type { Sources } from '../../runtime/sources.ts';
import { type ScriptedSource, scriptedSource } from '../intake/scriptedSource.ts';
import { downloadFile } from '../../channels/telegram/downloadFile.ts';
import { makeTelegram } from '../../channels/telegram/makeTelegram.ts';
import { demoAgency } from '../../demo/demoAgency.ts';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { type LivePolicy, openPolicy } from '../../runtime/livePolicy.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { type Clock, makeClock } from '../../runtime/clock.ts';
import { type Engine, makeEngine } from '../../runtime/makeEngine.ts';
import { type Files, makeFiles } from '../../runtime/files.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { loadWords, type Words } from '../../runtime/words.ts';
import { eventually } from '../support/eventually.ts';
import { driverApplication } from '../support/driverApplication.ts';
import { listed } from '../support/listed.ts';
import { noRawKeys } from '../support/noRawKeys.ts';
import { ownDatabase } from '../support/ownDatabase.ts';
import { type BotApi, type BotMessage, startBotApi } from './botApi.ts';

/** Tuesday, 11:00 in Moscow. */
export const tuesday = Date.parse('2026-11-24T08:00:00Z');
const token = '1000001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** A member with a phone. */
export interface Phone {
  chat: number;
  say(text: string): Promise<void>;
  send(message: object): Promise<void>;
  /** Press the newest button whose label has this in it. */
  tap(label: string | RegExp): Promise<void>;
  /** Press a button with this data on the newest message, whether it has one or not. */
  tapData(data: string): Promise<void>;
  /** Press a button of a notice that stands nowhere in the record. */
  tapFrom(data: string): Promise<void>;
  messages(): BotMessage[];
  last(): BotMessage;
}

export interface StaffUnderTest {
  api: BotApi;
  db: Database;
  clock: Clock;
  engine: Engine;
  words: Words;
  staff: StaffBot;
  logged: object[];
  livePolicy: LivePolicy;
  files: Files;
  imports: Imports;
  /** Not read by themselves: `tick` does. */
  sources: Sources;
  avito: ScriptedSource;
  hh: ScriptedSource;
  person(chat: number, lang?: string): Phone;
  /** What the newest tap was answered with: its `text`, and whether it is an alert. */
  toast(): Record<string, unknown> | undefined;
  /** Phones of the demo agency: `head`, `recruiter1`, `recruiter2`, `client`. */
  member(id: string): Phone;
  candidate(id: string, more?: Partial<Candidate>, application?: Partial<Application>): Promise<void>;
  application(id: string): Promise<Application>;
  quiet(): Promise<void>;
  /** Handle the last update once more, as after a crash. */
  again(): Promise<void>;
  /** A fresh process: the bot is made anew over the same data. */
  restart(): void;
  close(): Promise<void>;
}

const chats: Record<string, number> = { head: 501, recruiter1: 502, recruiter2: 503, client: 504 };

/** The staff's bot over the real database and engine, against a Bot API that writes everything down. */
export async function startStaff(more: Partial<BotDeps> = {}): Promise<StaffUnderTest> {
  const [store, api] = await Promise.all([ownDatabase(), startBotApi()]);
  const db = await openDatabase(store.uri);
  const clock = makeClock(tuesday - Date.now());
  const words = loadWords(join(import.meta.dirname, '../../locales'));
  const logged: object[] = [];
  const log = (line: object) => void logged.push(line);
  const livePolicy = await openPolicy(db, clock, log);
  const { policy } = livePolicy;
  const { members, vacancies } = demoAgency(words, clock.now());
  await db.vacancies.insertMany(vacancies);
  await db.members.insertMany(members.map((member) => ({ ...member, telegram: String(chats[member._id]) })));
  const calls = new Api(token, { apiRoot: api.url });
  const files = makeFiles({
    db,
    clock,
    telegram: (id) => downloadFile({ api: calls, apiRoot: api.url, token }, id),
  });
  const channel = makeTelegram({
    api: calls,
    db,
    words,
    clock,
    files,
  });
  const engine = makeEngine({
    db,
    clock,
    words,
    policy,
    channels: { telegram: channel },
    log,
    bell: { ring: () => Promise.resolve() },
    botUsername: 'agency_bot',
    owner: 'test',
    alone: true,
    handlers: {},
    views: () => staff.views,
  });
  const { desk, free, vacancies: kept, groups, clientCalls, members: door, companies, broadcasts } = engine;
  const imports = makeImports({
    db,
    clock,
    desk,
    files,
    words,
    policy,
    tell: engine.tell,
    owner: 'test',
    fetchSheet: makeFetchSheet(() => Promise.reject(new TypeError('no network here'))),
    log,
  });
  const avito = scriptedSource();
  const hh = { ...scriptedSource('hh'), consent: (member: string) => `https://hh.ru/oauth?state=${member}` };
  const hooks = { avito: 'https://agency.example/webhooks/word' };
  const sources = makeSources({ ...engine, db, clock, policy, sources: [avito, hh], hooks, log });
  const make = () =>
    makeBot({
      token,
      apiRoot: api.url,
      db,
      desk,
      vacancies: kept,
      groups,
      clientCalls,
      members: door,
      companies,
      broadcasts,
      imports,
      sources,
      clock,
      words,
      policy,
      livePolicy,
      free,
      files,
      messengers: { whatsapp: 'web', max: true },
      log,
      ...more,
    });
  let staff = make();
  await engine.start();

  let updates = 0;
  let before: Update | undefined;
  const handle = async (chat: number, lang: string, body: object) => {
    const from = { id: chat, is_bot: false, first_name: 'Пётр', language_code: lang };
    const message = {
      message_id: 10_000 + updates,
      date: 0,
      chat: { id: chat, type: 'private', first_name: 'x' },
      from,
    };
    updates += 1;
    const update =
      'data' in body
        ? { callback_query: { id: String(updates), from, chat_instance: '1', ...body } }
        : 'edited' in body
          ? { edited_message: { ...message, ...body } }
          : { message: { ...message, ...withCommand(body) } };
    before = { update_id: updates, ...update } as unknown as Update;
    await staff.handle(before);
    await quiet();
  };
  const quiet = async () =>
    void (await eventually(
      () => engine.waiting(),
      ({ inbox, outbox }) => inbox + outbox === 0,
    ));

  const person = (chat: number, lang = 'ru'): Phone => {
    const messages = () => {
      const all = api.messages.filter((message) => message.chat === String(chat));
      for (const { text, buttons } of all)
        [text, ...buttons.flat().map((button) => button.text)].forEach(noRawKeys);
      return all;
    };
    const press = (message: BotMessage, data: string) =>
      handle(chat, lang, {
        data,
        message: {
          message_id: message.id,
          date: 0,
          chat: { id: chat, type: 'private', first_name: 'x' },
          text: message.text,
          reply_markup: { inline_keyboard: message.buttons },
        },
      });
    return {
      chat,
      messages,
      last: () => messages().at(-1) ?? fail(`nothing was said to ${chat}`),
      say: (text) => handle(chat, lang, { text }),
      send: (message) => handle(chat, lang, message),
      tapFrom: (data) =>
        press(
          {
            id: 9_999,
            chat: String(chat),
            text: 'notice',
            buttons: [],
            method: '',
            forceReply: false,
            edits: 0,
          },
          data,
        ),
      tapData: (data) => press(messages().at(-1) ?? fail('nothing to press'), data),
      tap: async (label) => {
        const fits = (text: string) => (typeof label === 'string' ? text.includes(label) : label.test(text));
        for (const message of messages().reverse()) {
          const data = message.buttons.flat().find((button) => fits(button.text))?.callback_data;
          if (data) return press(message, data);
        }
        fail(`no button ${String(label)} in ${JSON.stringify(messages().at(-1))}`);
      },
    };
  };

  return {
    api,
    db,
    clock,
    engine,
    words,
    get staff() {
      return staff;
    },
    logged,
    livePolicy,
    files,
    imports,
    sources,
    avito,
    hh,
    person,
    quiet,
    toast: () => api.calls.findLast(({ method }) => method === 'answerCallbackQuery')?.body,
    member: (id) => person(chats[id] ?? fail(`no member ${id}`)),
    candidate: async (id, more, application) => {
      const state: Candidate = {
        ...newCandidate(id, policy, clock.now()),
        name: 'Анна Смирнова',
        phone: '+79161234567',
        city: 'Казань',
        channels: [{ channel: 'telegram', address: String(700 + Number(/\d+/.exec(id)?.[0] ?? 0)) }],
        consent: { version: '2026-1', at: clock.now() },
        applications: [
          driverApplication(id, 'review', clock.now(), { recruiter: 'recruiter1', ...application }),
        ],
        ...more,
      };
      await db.candidates.insertOne(listed(state));
    },
    application: async (id) => {
      const found = await db.candidates.findOne({ 'applications.id': id });
      return found?.applications.find((one) => one.id === id) ?? fail(`no application ${id}`);
    },
    again: async () => {
      if (before) await staff.handle(before);
      await quiet();
    },
    restart: () => {
      staff = make();
    },
    close: async () => {
      await engine.stop();
      await db.close();
      await api.close();
    },
  };
}

function withCommand(body: object): object {
  const text = 'text' in body && typeof body.text === 'string' ? body.text : '';
  const command = /^\/\w+/.exec(text)?.[0];
  return command ? { ...body, entities: [{ type: 'bot_command', offset: 0, length: command.length }] } : body;
}

function fail(why: string): never {
  throw new Error(why);
}
