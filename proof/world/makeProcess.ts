import type { Update } from 'grammy/types';
import { makeUpdateHandler } from '../../channels/telegram/handleUpdate.ts';
import { incomingUpdate } from '../../channels/telegram/incomingUpdate.ts';
import { makeTelegram } from '../../channels/telegram/makeTelegram.ts';
import { poll } from '../../channels/telegram/poll.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Channel } from '../../runtime/channel.ts';
import { FileTrouble } from '../../runtime/files.ts';
import { type Engine, makeEngine } from '../../runtime/makeEngine.ts';
import { makeReception } from '../../runtime/makeReception.ts';
import type { Words } from '../../runtime/words.ts';
import type { VirtualDatabase } from '../database/virtualDatabase.ts';
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
  /** An update pushed to it: resolves when it is stored. */
  push(update: Update): Promise<void>;
}

/** The judge's ears: which row of the ledger a call of Telegram belongs to is known from whose turn it is. */
export interface Ears {
  watch(life: Life): PostWatch;
  log(life: Life, line: object): void;
  /** A process works on an update, until what this gives ends. */
  works<T>(life: Life, update: Update, work: () => Promise<T>): Promise<T>;
}

/** Nobody of the simulated year sends a file. */
const noFiles = { read: () => Promise.reject(new FileTrouble('gone', 'none')) };

/** The product, put together as `product.ts` does it, over the virtual database, clock, bell and Telegram. */
export function makeProcess(deps: {
  life: Life;
  time: VirtualTime;
  faults: Faults;
  database: VirtualDatabase;
  telegram: VirtualTelegram;
  bells: Bells;
  post: VirtualPost;
  words: Words;
  policy: Policy;
  alone: boolean;
  ears: Ears;
}): Process {
  const { life, database, words, policy, alone, ears } = deps;
  const db = database.through(life.border);
  const watch = ears.watch(life);
  const api = makeVirtualApi({ ...deps, watch });
  const log = (line: object) => ears.log(life, line);
  const { clock } = life;
  const telegram = makeTelegram({ api, db, words, clock, files: noFiles });
  const channel: Channel = {
    send: async (address, message, more) => {
      watch.sends(address, more.key);
      try {
        return await telegram.send(address, message, more);
      } finally {
        watch.ends(address);
      }
    },
    ...(telegram.rests && { rests: telegram.rests }),
  };
  const engine = makeEngine({
    db,
    clock,
    words,
    policy,
    channels: { telegram: channel, ...deps.post.of(life, ears.watch(life)) },
    bell: deps.bells.of(life),
    botUsername: 'agency_bot',
    owner: life.name,
    alone,
    // As `product.ts` has it.
    remember: alone ? 500 : 0,
    log,
    handlers: {
      telegram: (raw, hold) => ears.works(life, raw as Update, () => handleUpdate(raw, hold)),
    },
    views: () => ({ card: staffCard(db) }),
  });
  const handleUpdate = makeUpdateHandler({
    api,
    botId,
    reception: makeReception({ db, clock, desk: engine.desk, words, policy }),
    words,
    reader: engine.reader,
    group: () => Promise.resolve(),
    staff: staffUpdate({ db, clock, desk: engine.desk, reader: engine.reader, groups: engine.groups }),
  });
  return {
    life,
    engine,
    push: (update) => engine.receive([incomingUpdate(botId, update)]),
    start: async () => {
      await engine.start();
      deps.bells.join(life, engine.fire);
      deps.post.join(life, engine.receipts);
      if (alone) poll(api, botId, engine.receive, clock, log);
    },
  };
}
