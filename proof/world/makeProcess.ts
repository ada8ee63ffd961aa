import type { Update } from 'grammy/types';
import { makeUpdateHandler } from '../../channels/telegram/handleUpdate.ts';
import { makeTelegram } from '../../channels/telegram/makeTelegram.ts';
import { poll } from '../../channels/telegram/poll.ts';
import { chatOf } from '../../channels/telegram/readUpdate.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import { type Files, FileTrouble } from '../../runtime/files.ts';
import { type Engine, makeEngine } from '../../runtime/makeEngine.ts';
import type { Incoming } from '../../runtime/makeInbox.ts';
import { makeReception, type Reception } from '../../runtime/makeReception.ts';
import type { Words } from '../../runtime/words.ts';
import type { VirtualDatabase } from '../database/virtualDatabase.ts';
import type { Happened } from '../../flows/event.ts';
import { openOthers } from '../messengers/openOthers.ts';
import type { VirtualMax } from '../messengers/virtualMax.ts';
import type { VirtualWhatsapp } from '../messengers/virtualWhatsapp.ts';
import { watched } from '../messengers/watched.ts';
import type { PostWatch, VirtualPost } from '../post/virtualPost.ts';
import { makeVirtualApi } from '../telegram/virtualApi.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Bells } from './bells.ts';
import type { Faults } from './faults.ts';
import type { Life } from './life.ts';
import { staffCard, staffUpdate } from './staffBot.ts';
import type { VirtualTime } from './virtualTime.ts';

export const botId = 7;

export interface Process {
  life: Life;
  engine: Engine;
  start(): Promise<void>;
  /** Updates pushed to it: resolves when they are stored. */
  push(items: Incoming[]): Promise<void>;
}

/** The judge's ears: which row of the ledger a call of Telegram belongs to is known from whose turn it is. */
export interface Ears {
  watch(life: Life): PostWatch;
  log(life: Life, line: object): void;
  /** A process works on an update, until what this gives ends. */
  works<T>(life: Life, chat: string, work: () => Promise<T>): Promise<T>;
  /** As what the product understood what somebody did. */
  heard(id: string, happened: Happened): void;
}

/** Nobody of the simulated year sends a file whose content is looked at. */
const noFiles: Files = {
  read: () => Promise.reject(new FileTrouble('gone', 'none')),
  keep: (_bytes, name, kind, once = name) => Promise.resolve({ channel: 'kept', id: once, name, kind }),
};

/** The product, put together as `product.ts` does it, over the virtual database, clock, bell and messengers. */
export function makeProcess(deps: {
  life: Life;
  time: VirtualTime;
  faults: Faults;
  database: VirtualDatabase;
  telegram: VirtualTelegram;
  whatsapp: VirtualWhatsapp;
  max: VirtualMax;
  bells: Bells;
  post: VirtualPost;
  words: Words;
  policy: Policy;
  alone: boolean;
  ears: Ears;
}): Process {
  const { life, database, words, policy, alone, ears } = deps;
  const db = database.through(life.border);
  const log = (line: object) => ears.log(life, line);
  const { clock } = life;
  const watch = ears.watch(life);
  const api = makeVirtualApi({ ...deps, watch });
  const telegram = watched(makeTelegram({ api, db, words, clock, files: noFiles }), watch);
  const others = openOthers(deps, { db, words, files: noFiles, log });
  const engine = makeEngine({
    db,
    clock,
    words,
    policy,
    channels: { telegram: telegram.channel, ...others.channels, ...deps.post.of(life, ears.watch(life)) },
    bell: deps.bells.of(life),
    botUsername: 'agency_bot',
    owner: life.name,
    alone,
    // As `product.ts` has it.
    remember: alone ? 500 : 0,
    log,
    handlers: {
      telegram: (raw, hold) => ears.works(life, chatOf(raw as Update) ?? '', () => handleUpdate(raw, hold)),
      ...others.handlers,
    },
    views: () => ({ card: staffCard(db) }),
  });
  const received = makeReception({ db, clock, desk: engine.desk, words, policy });
  const reception: Reception = (id, happened, hold) => {
    ears.heard(id, happened);
    return received(id, happened, hold);
  };
  others.connect({ reception, receipts: engine.receipts });
  const handleUpdate = makeUpdateHandler({
    api,
    botId,
    reception,
    words,
    reader: engine.reader,
    group: () => Promise.resolve(),
    staff: staffUpdate({ ...engine, db, clock }),
  });
  return {
    life,
    engine,
    push: engine.receive,
    start: async () => {
      await engine.start();
      deps.bells.join(life, engine.fire);
      deps.post.join(life, engine.receipts);
      others.start(engine.receive);
      if (alone) poll(api, botId, engine.receive, clock, log);
    },
  };
}
