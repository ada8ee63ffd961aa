import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { join } from 'node:path';
import express, { type Router } from 'express';
import type { Happened } from '../../flows/event.ts';
import type { IncomingFile } from '../../flows/question.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import type { Channel, Handler } from '../../runtime/channel.ts';
import { type Clock, makeClock } from '../../runtime/clock.ts';
import { type Files, makeFiles } from '../../runtime/files.ts';
import type { Receive } from '../../runtime/makeInbox.ts';
import type { Desk } from '../../runtime/desk.ts';
import type { Reception } from '../../runtime/makeReception.ts';
import type { Receipt } from '../../runtime/receipts.ts';
import { loadWords, type Words } from '../../runtime/words.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';
import { type RunningStore, startStore } from '../support/startStore.ts';
import { makeSimulator, type Simulator } from '../support/simulator.ts';

/** What a channel is built from in a test: everything real but the engine behind it. */
export interface Ground {
  db: Database;
  words: Words;
  clock: Clock;
  files: Files;
  reception: Reception;
  /** For channels that know whose it is themselves. */
  desk: Pick<Desk, 'perform'>;
  receipts: (receipt: Receipt) => Promise<void>;
  /** As the inbox: each id once, in order. */
  receive: Receive;
  simulatorUrl: string;
}

/** A channel between a real client, a real server and the simulator's messenger over HTTP. */
export interface Rig {
  channel: Channel;
  handler: Handler;
  /** The product's webhook, when updates come by one. */
  webhook?: { path: string; router: Router };
  start?(): Promise<void>;
  stop?(): Promise<void>;
  /** Ask what became of what was sent, where nobody tells it. */
  ask?(): Promise<void>;
  /** The same channel where nobody listens. */
  away: Channel;
}

export interface RunningRig extends Rig {
  ground: Ground;
  heard: { id: string; happened: Happened }[];
  receipts: Receipt[];
  simulator: Running;
  sim: Simulator;
  kept(bytes: Uint8Array, name: string, kind: IncomingFile['kind']): Promise<IncomingFile>;
  close(): Promise<void>;
}

export async function startRig(build: (ground: Ground) => Promise<Rig>): Promise<RunningRig> {
  const [store, simulator] = await Promise.all([startStore(), startSimulator()]);
  const db = await openDatabase(store.uri);
  const clock = makeClock();
  const heard: RunningRig['heard'] = [];
  const receipts: Receipt[] = [];
  const known = new Set<string>();
  const files = makeFiles({ db, clock, telegram: () => Promise.reject(new Error('no Telegram here')) });
  const receive: Receive = async (items) => {
    for (const item of items) {
      if (known.has(item.id) || !('lane' in item)) continue;
      known.add(item.id);
      await rig.handler(item.update, { keep: () => Promise.resolve(true), stands: () => undefined });
    }
  };
  const ground: Ground = {
    db,
    clock,
    files,
    words: loadWords(join(import.meta.dirname, '../../locales')),
    reception: (id, happened) => {
      heard.push({ id, happened });
      return Promise.resolve(undefined);
    },
    desk: {
      perform: (_candidate, event) => {
        if (event.type === 'messageArrived') heard.push({ id: event.id, happened: event });
        return Promise.resolve({} as never);
      },
    },
    receipts: (receipt) => Promise.resolve(void receipts.push(receipt)),
    receive,
    simulatorUrl: simulator.url,
  };
  const rig = await build(ground);
  const server = await serve(rig);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  await simulator.call('POST', '/sim/product', { url, secret: 'rig' });
  await rig.start?.();
  return {
    ...rig,
    ground,
    heard,
    receipts,
    simulator,
    sim: makeSimulator(simulator.url),
    kept: (bytes, name, kind) => files.keep(bytes, name, kind),
    close: async () => {
      await rig.stop?.();
      server.closeAllConnections();
      server.close();
      await db.close();
      await Promise.all([simulator.stop(), stop(store)]);
    },
  };
}

const stop = (store: RunningStore) => store.stop();

/** What the simulator asks of a product is answered: nothing is due, all is quiet. */
async function serve({ webhook }: Rig): Promise<Server> {
  const app = express();
  if (webhook) app.use(webhook.path, webhook.router);
  app.use('/control/idle', (_, response) => void response.json({ quiet: true, waiting: {} }));
  app.use('/control', (_, response) => void response.json({ now: '', due: [] }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
