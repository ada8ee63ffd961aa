import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { makeAgenda } from '../jobs/makeAgenda.ts';
import { type Database, openDatabase } from '../models/database.ts';
import { makeAlarms } from '../runtime/alarms.ts';
import { makeClock } from '../runtime/clock.ts';
import { startStore } from '../test/support/startStore.ts';
import { percentile } from './percentile.ts';

/** How late, in milliseconds; `early`: how many rang before their time. */
export interface Lateness {
  p50: number;
  p99: number;
  early: number;
  count: number;
}

const total = 500;
const every = 20;
const lead = 4_000;
const clock = makeClock();

/** The same 500 alarms, one each 20 ms, by each of them: the product's, tuned Agenda alone, and bare `setTimeout`. */
export async function alarms(waiting: number): Promise<{ ours: Lateness; agenda: Lateness; bare: Lateness }> {
  const store = await startStore();
  const db = await openDatabase(store.uri);
  const bare = await measure((_key, at, ring) => {
    setTimeout(ring, at - clock.now());
    return Promise.resolve();
  });
  const agenda = await agendaAlone(db);
  const ours = await product(db, waiting);
  await db.close();
  await store.stop();
  return { ours, agenda, bare };
}

/** The product's alarms, with others waiting for their day. */
async function product(db: Database, waiting: number): Promise<Lateness> {
  const far = clock.now() + 86_400_000;
  for (let at = 0; at < waiting; at += 5_000) {
    await db.timers.insertMany(
      Array.from({ length: Math.min(5_000, waiting - at) }, (_, index) => ({
        _id: `far:${at + index}`,
        candidate: 'c',
        due: far + index,
        timer: { kind: 'deliver' as const, message: 'm', application: '' },
        status: 'armed' as const,
        version: 1,
      })),
    );
  }
  const rings = new Map<string, () => void>();
  const agenda = await makeAgenda(db, 'bench', () => undefined);
  const log = () => undefined;
  const wake = ({ _id }: { _id: string }) => Promise.resolve(rings.get(_id)?.());
  const set = makeAlarms({ db, clock, bell: agenda.bell, wake, alone: false, log });
  await set.reconcile();
  await agenda.start(set.fire);
  const timer = { kind: 'deliver' as const, message: 'm', application: '' };
  const late = await measure((key, due, ring) => {
    rings.set(key, ring);
    return set.order([{ key, due, timer }], 'c', 'bench');
  });
  set.stop();
  await agenda.stop();
  return late;
}

/** Agenda as its documentation tunes it, over the same store. */
async function agendaAlone(db: Database): Promise<Lateness> {
  const mongo = db.connection.db;
  if (!mongo) throw new Error('the database is not connected');
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: mongo as never, collection: 'benchJobs', ensureIndex: true }),
    processEvery: 1_000,
    maxConcurrency: 100,
    defaultConcurrency: 100,
    removeOnComplete: true,
  });
  const rings = new Map<string, () => void>();
  await agenda.ready;
  await mongo.collection('benchJobs').createIndex({ name: 1, lockedAt: 1 });
  agenda.define<{ key: string }>('ring', (job) => Promise.resolve(rings.get(job.attrs.data.key)?.()));
  await agenda.start();
  const late = await measure(async (key, at, ring) => {
    rings.set(key, ring);
    await agenda.schedule(new Date(at), 'ring', { key });
  });
  await agenda.stop();
  return late;
}

async function measure(arm: (key: string, at: number, ring: () => void) => Promise<void>): Promise<Lateness> {
  const late: number[] = [];
  const base = clock.now() + lead;
  const all = Array.from({ length: total }, (_, index) => base + index * every);
  await Promise.all(
    all.map((at, index) =>
      arm(`alarm:${index}`, at, () => {
        late.push(clock.now() - at);
      }),
    ),
  );
  const until = base + total * every + 15_000;
  while (late.length < total && clock.now() < until) await clock.sleep(50);
  const early = late.filter((ms) => ms < 0).length;
  return { p50: percentile(late, 0.5), p99: percentile(late, 0.99), early, count: late.length };
}
