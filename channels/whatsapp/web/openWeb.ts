import type { Database } from '../../../models/database.ts';
import type { Channel, Handler } from '../../../runtime/channel.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { Files } from '../../../runtime/files.ts';
import type { Incoming, Receive } from '../../../runtime/makeInbox.ts';
import type { Reception } from '../../../runtime/makeReception.ts';
import type { Receipts } from '../../../runtime/receipts.ts';
import type { Words } from '../../../runtime/words.ts';
import { keepName } from '../../../models/messengerNames.ts';
import { makeChoices } from '../../makeChoices.ts';
import { makeWebHandler } from './handleWeb.ts';
import { type HumanPace, makeHumanPace } from './humanPace.ts';
import { makeWeb } from './makeWeb.ts';
import { readWebAck, readWebMessage } from './readWeb.ts';
import { type WebClient, type WebLibrary, webOwn } from './webClient.ts';
import { webSetting, type WebState } from './webSetting.ts';

/** WhatsApp through a linked phone: the channel, what works on its messages, and the client that is kept connected. */
export interface OpenWeb {
  channel: Channel;
  handler(late: { reception: Reception; receipts: Receipts }): Handler;
  start(receive: Receive): Promise<void>;
  stop(): Promise<void>;
}

/** Pauses before a lost client is made anew, in milliseconds; doubled each time. */
const pause = { first: 5_000, most: 300_000 };

export function openWeb(deps: {
  library: () => Promise<WebLibrary>;
  db: Database;
  words: Words;
  clock: Clock;
  files: Files;
  log: (line: object) => void;
  /** The phone has to be linked: somebody must scan the code. */
  needsPhone?: () => Promise<void>;
  pace?: HumanPace;
}): OpenWeb {
  const { db, clock, files, log } = deps;
  const choices = makeChoices(db, clock);
  let library: WebLibrary | undefined;
  let client: WebClient | undefined;
  let state: WebState['state'] = 'starting';
  let stopped = false;
  let failures = 0;

  const say = async (next: WebState['state'], more: Pick<WebState, 'qr' | 'error'> = {}): Promise<void> => {
    state = next;
    const value: WebState = { state: next, at: clock.now(), ...more };
    if (next !== 'link') log({ level: next === 'lost' ? 'warn' : 'info', channel: 'whatsapp', ...value });
    await db.settings.updateOne({ _id: webSetting }, { $set: { value } }, { upsert: true });
  };
  /** What the library tells is never waited for by it; a fault is written down. */
  const guarded = (work: () => Promise<unknown>): void =>
    void work().catch((error: unknown) => log({ level: 'error', channel: 'whatsapp', error: String(error) }));

  const connect = async (receive: Receive): Promise<void> => {
    library ??= await deps.library();
    const mine = await library.client();
    let over = false;
    const lost = (error: string): void => {
      if (over || stopped) return;
      over = true;
      guarded(() => again(mine, receive, error));
    };
    const take = (item: Promise<Incoming | undefined> | Incoming | undefined): void =>
      guarded(async () => {
        const found = await item;
        if (found) await receive([found]);
      });
    mine.on('qr', (qr) =>
      guarded(async () => {
        const first = state !== 'link';
        await say('link', { qr: String(qr) });
        if (first) await deps.needsPhone?.();
      }),
    );
    mine.on('ready', () => {
      failures = 0;
      client = mine;
      guarded(async () => {
        await say('ready');
        const own = webOwn.safeParse(mine);
        if (own.success) await keepName(db, 'whatsapp', own.data.info.wid.user);
      });
    });
    mine.on('auth_failure', (why: unknown) => lost(String(why)));
    mine.on('disconnected', (why: unknown) => lost(String(why)));
    mine.on('message', (raw: unknown) => take(readWebMessage(files, raw, false, clock.now())));
    mine.on('message_edit', (raw: unknown) => take(readWebMessage(files, raw, true, clock.now())));
    mine.on('message_ack', (raw: unknown, ack: unknown) => take(readWebAck(raw, ack, clock.now())));
    mine.initialize().catch((error: unknown) => lost(String(error)));
  };

  const again = async (old: WebClient, receive: Receive, error: string): Promise<void> => {
    client = undefined;
    failures += 1;
    await say('lost', { error: error.slice(0, 300) });
    await old.destroy().catch(() => undefined);
    await clock.sleep(Math.min(pause.first * 2 ** (failures - 1), pause.most));
    if (!stopped) await connect(receive);
  };

  return {
    channel: makeWeb({
      ...deps,
      choices,
      client: () => (state === 'ready' ? client : state === 'link' ? 'linking' : undefined),
      media: (type, base64, name) => library?.media(type, base64, name),
      pace: deps.pace ?? makeHumanPace(clock),
    }),
    handler: (late) => makeWebHandler({ choices, ...late }),
    start: async (receive) => {
      await say('starting');
      await connect(receive);
    },
    stop: async () => {
      stopped = true;
      await client?.destroy().catch(() => undefined);
    },
  };
}
