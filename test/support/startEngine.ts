import { join } from 'node:path';
import type { ChannelId } from '../../flows/channels.ts';
import type { Member } from '../../flows/member.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import type { Channel, SendResult } from '../../runtime/channel.ts';
import { type Clock, makeClock } from '../../runtime/clock.ts';
import type { Pace } from '../../runtime/makePace.ts';
import { type Engine, makeEngine } from '../../runtime/makeEngine.ts';
import { candidateOf } from '../../runtime/makeDesk.ts';
import { type LivePolicy, openPolicy } from '../../runtime/livePolicy.ts';
import { loadWords, type Rendered } from '../../runtime/words.ts';
import type { Happened } from '../../flows/event.ts';
import { demoAgency } from '../../demo/demoAgency.ts';

export interface Sent extends Rendered {
  to: string;
  channel: ChannelId;
}

export interface EngineUnderTest {
  engine: Engine;
  db: Database;
  clock: Clock;
  sent: Sent[];
  members: Member[];
  vacancies: Vacancy[];
  livePolicy: LivePolicy;
  /** What the next sends answer; empty: sent. */
  answers: SendResult[];
  /** What every send to an address on a channel answers, by `channel:address`. */
  faults: Map<string, SendResult>;
  happen(address: string, happened: Partial<Happened> & { type: Happened['type'] }): Promise<void>;
  quiet(): Promise<void>;
  close(): Promise<void>;
}

let counter = 0;

/** Telegram counts its messages; the others name them. */
const nameOf = (channel: ChannelId, count: number) =>
  channel === 'telegram' ? count : `${channel}.${count}`;

/** The engine over a real database with a channel that writes down what it is given: the network's edge. */
export async function startEngine(
  uri: string,
  at?: number,
  names: ChannelId[] = ['telegram'],
  {
    alone = true,
    around = (db) => db,
    source,
    pace,
  }: {
    alone?: boolean;
    around?: (db: Database) => Database;
    source?: (db: Database) => Channel;
    pace?: Pace;
  } = {},
): Promise<EngineUnderTest> {
  const db = around(await openDatabase(uri));
  const clock = makeClock(at === undefined ? 0 : at - Date.now());
  const words = loadWords(join(import.meta.dirname, '../../locales'));
  const sent: Sent[] = [];
  const answers: SendResult[] = [];
  const faults: EngineUnderTest['faults'] = new Map();
  const makeChannel = (channel: ChannelId): Channel => ({
    send: (to, message) => {
      const answer = faults.get(`${channel}:${to}`) ??
        answers.shift() ?? { outcome: 'sent' as const, messageId: nameOf(channel, sent.length + 1) };
      if (answer.outcome === 'sent') sent.push({ to, channel, ...message });
      return Promise.resolve(answer);
    },
    ...(pace && { pace }),
  });
  const { members, vacancies } = demoAgency(words, clock.now());
  for (const vacancy of vacancies)
    await db.vacancies.replaceOne({ _id: vacancy._id }, vacancy, { upsert: true });
  for (const member of members) {
    await db.members.replaceOne(
      { _id: member._id },
      { ...member, telegram: `m-${member._id}` },
      { upsert: true },
    );
  }
  const livePolicy = await openPolicy(db, clock, () => undefined);
  const engine = makeEngine({
    db,
    clock,
    words,
    policy: livePolicy.policy,
    channels: {
      ...Object.fromEntries(names.map((name) => [name, makeChannel(name)])),
      ...(source && { source: source(db) }),
    },
    bell: { ring: () => Promise.resolve() },
    botUsername: 'bot',
    owner: `test-${(counter += 1)}`,
    alone,
    log: () => undefined,
    handlers: {},
    views: () => ({}),
  });
  await engine.start();
  return {
    engine,
    db,
    clock,
    sent,
    members,
    vacancies,
    livePolicy,
    answers,
    faults,
    happen: async (address, happened) => {
      const reach = { channel: 'telegram' as const, address };
      const candidate = await candidateOf(db, defaultPolicy, reach, 'ru', clock);
      const id = `test:${(counter += 1)}`;
      const event = { person: { lang: 'ru', name: 'Анна' }, kind: 'text', ...happened, reach, id };
      await engine.desk.perform(candidate, event as never);
    },
    quiet: async () => {
      const until = Date.now() + 10_000;
      while (Object.values(await engine.waiting()).some((count) => count > 0)) {
        if (Date.now() > until) throw new Error(`not quiet: ${JSON.stringify(await engine.waiting())}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    close: async () => {
      await engine.stop();
      await db.close();
    },
  };
}
