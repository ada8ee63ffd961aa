import type { Candidate } from '../../flows/candidate.ts';
import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import { auditCounts } from '../../models/auditCounts.ts';
import type { InboxRow, LedgerRow, TimerRow } from '../../models/rows.ts';
import type { Name, VirtualDatabase } from '../database/virtualDatabase.ts';
import type { Observe } from '../database/memory.ts';
import type { Life } from '../world/life.ts';
import type { Ears } from '../world/makeProcess.ts';
import type { WhatsappJudge } from '../messengers/virtualWhatsapp.ts';
import type { Outages } from '../world/outages.ts';
import type { Trace } from '../world/trace.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { makeAlarmWatch } from './alarms.ts';
import { makeAnswerWatch } from './answers.ts';
import { type Deed, makeEventWatch } from './events.ts';
import { makeCallWatch } from './calls.ts';
import { makeLaneWatch } from './lanes.ts';
import { makeMessageWatch } from './messages.ts';
import { openScreens } from './openScreens.ts';
import { makePeopleWatch } from './people.ts';
import { makeVerdict, type Verdict } from './verdict.ts';

export interface Judge {
  verdict: Verdict;
  observers: Partial<Record<Name, Observe>>;
  /** A question that no index bounds. */
  scanned(name: Name, filter: object): void;
  ears: Ears;
  /** What a gateway knows of a message that it took, and what somebody meant. */
  gateways: Omit<WhatsappJudge, 'posted'>;
  /** What is overdue, each hour; and each day whether every task has its alarm. */
  sweep(daily: boolean): void;
  /** The screens of the day are opened by everybody: no question of theirs looks at all. */
  look(): Promise<void>;
  /** The product's own count of what is lost; only meaningful when nothing is under way. */
  audit(): Promise<void>;
  /** A person did something that the bot will hear of. */
  posted(deed: Deed): void;
  counts(): { ordered: number; accepted: number; worked: number; decisions: number };
}

type Changed = (name: Name, before: Doc | undefined, after: Doc | undefined) => void;
type Doc = Parameters<Observe>[0] & object;

/** What there is more of with each person and each year. */
const growing = new Set<Name>(['candidates', 'ledger', 'timers', 'slots', 'inbox', 'places', 'groups']);

/** Errors that the world itself makes: whatever else is logged as an error is a defect. */
const expected = /MongoNetworkError|ECONNRESET|ECONNREFUSED|Bad Gateway|Too Many Requests|lost \d+ races/;

export function makeJudge(deps: {
  time: VirtualTime;
  machineNow: () => number;
  policy: Policy;
  outages: Outages;
  trace: Trace;
  polled: boolean;
  database: () => VirtualDatabase;
  changed: Changed;
}): Judge {
  const { time, machineNow, outages, trace, changed } = deps;
  const now = time.now;
  const memory = (name: Name) => deps.database().memory[name];
  // The documents are the product's own: typed as what it keeps.
  const as = <T>(doc: object | undefined) => doc as unknown as T;
  /** The judge's own way to the database: no fault lies on it, and it leaves no trace. */
  const undisturbed = () => deps.database().through((_operation, work) => Promise.resolve(work()));
  let decisions = 0;
  let auditing = false;
  const verdict = makeVerdict(now, ({ check, detail }) => trace.line(`VIOLATION ${check} ${detail}`));
  const people = makePeopleWatch({ ...deps, now, verdict });
  const ledger = (key: string) => as<LedgerRow | undefined>(memory('ledger').get(key));
  const candidate = (id: string) => as<Candidate | undefined>(memory('candidates').get(id));
  const calls = makeCallWatch(now, verdict);
  const messages = makeMessageWatch({ ...deps, now, people, verdict, ledger, candidate, calls });
  const alarms = makeAlarmWatch(machineNow, outages, verdict);
  const lanes = makeLaneWatch(machineNow, outages, verdict);
  const events = makeEventWatch(machineNow, deps.polled, outages, verdict);
  const answers = makeAnswerWatch(verdict);

  const observers: Judge['observers'] = {
    candidates: (before, after) => {
      changed('candidates', before, after);
      if (before && after) people.sawLast(as<Candidate>(before), as<Candidate>(after));
      if (!after || before?.version === after.version || after.version === 0) return;
      const person = as<Candidate>(after);
      trace.line(`decided ${after._id} ${person.version} ${person.decided.at(-1)} ${person.outbox.length}`);
      decisions += 1;
      events.decided(person.decided.at(-1) ?? '');
      people.committed(as<Candidate | undefined>(before), person);
      messages.ordered(person);
    },
    clientCalls: (before, after) => {
      if (!after || before?.version === after.version) return;
      const call = as<ClientCall>(after);
      trace.line(`call ${call._id} ${call.version} ${call.decided.at(-1)} ${call.outbox.length}`);
      messages.orderedByCall(calls.committed(as<ClientCall | undefined>(before), call), call._id);
    },
    ledger: (before, after) => {
      changed('ledger', before, after);
      if (after) messages.row(as<LedgerRow | undefined>(before), as<LedgerRow>(after));
      else if (before) messages.erased(before._id);
      if (after?.kind === 'out' && before?.status !== after.status)
        trace.line(`row ${after._id} ${String(after.status)}`);
    },
    inbox: (before, after) => {
      changed('inbox', before, after);
      if (after && before?.status !== after.status)
        trace.line(`inbox ${after._id} ${String(after.lane)} ${String(after.status)} ${String(after.seq)}`);
      if (after) events.row(as<InboxRow | undefined>(before), as<InboxRow>(after));
    },
    timers: (before, after) => {
      changed('timers', before, after);
      if (after) alarms.row(as<TimerRow | undefined>(before), as<TimerRow>(after));
      if (after && before?.status !== after.status) trace.line(`timer ${after._id} ${String(after.status)}`);
    },
    slots: (before, after) => {
      trace.line(`slot ${(after ?? before)?._id} ${after ? 'taken' : 'free'}`);
      if (before && !after) people.freed(before._id, candidate(String(before.candidate)));
    },
  };

  const ears: Ears = {
    works: async (life, chat, work) => {
      lanes.begins(life, chat);
      try {
        return await work();
      } finally {
        lanes.ends(life, chat);
      }
    },
    heard: answers.heard,
    watch: (life: Life) => {
      const sending = new Map<string, { key: string; since: number }>();
      let pausedUntil = 0;
      return {
        sends: (chat, key) => {
          const other = sending.get(chat)?.key;
          if (other !== undefined) verdict.report('order', `${key} while ${other} is on its way to ${chat}`);
          if (key !== undefined) sending.set(chat, { key, since: machineNow() });
          answers.sends(life, chat, key);
        },
        ends: (chat) => {
          sending.delete(chat);
          answers.ends(life, chat);
        },
        begins: (chat) => {
          const { key, since } = sending.get(chat) ?? { key: '', since: machineNow() };
          if (now() < pausedUntil) verdict.report('retryAfter', `${key} ${pausedUntil - now()} ms too soon`);
          messages.begins(key, since);
        },
        accepted: (chat) => {
          const key = sending.get(chat)?.key ?? '';
          trace.line(`accepted ${chat} ${key}`);
          messages.accepted(key);
        },
        answered: (chat, fate, retryAfter = 0) => {
          if (fate === 'fine') return messages.answered(sending.get(chat)?.key ?? '', life);
          trace.line(`answered ${life.name} ${chat} ${fate}`);
          if (fate !== 'tooMany') return;
          pausedUntil = Math.max(pausedUntil, now() + retryAfter * 1000);
          // Two such waits one after the other may be longer than a message may be late.
          outages.add(machineNow(), machineNow() + retryAfter * 1000);
        },
      };
    },
    log: (life, line) => {
      const text = JSON.stringify(line);
      if ('level' in line && line.level === 'error' && !expected.test(text))
        verdict.report('defect', `${life.name} ${text.slice(0, 600)}`);
    },
  };

  return {
    verdict,
    observers,
    scanned: (name, filter) => {
      if (!auditing && growing.has(name)) verdict.report('scan', `${name} ${JSON.stringify(filter)}`);
    },
    ears,
    gateways: {
      unheard: messages.unheard,
      awaits: messages.awaits,
      willFail: messages.willFail,
      meant: answers.meant,
      wrong: (detail) => verdict.report('defect', detail),
      outside: (detail) => verdict.report('window', detail),
    },
    posted: events.posted,
    counts: () => ({ ...messages.counts(), worked: events.worked(), decisions }),
    sweep: (daily) => {
      messages.sweep();
      events.sweep();
      if (!daily) return;
      alarms.sweep(
        as<Iterable<Candidate>>(memory('candidates').all() as object),
        as<Iterable<ClientCall>>(memory('clientCalls').all() as object),
        (key) => as<TimerRow | undefined>(memory('timers').get(key)),
      );
    },
    look: () => openScreens(undisturbed(), deps.policy, machineNow()),
    audit: async () => {
      const db = undisturbed();
      // It is what it is there for, once a day.
      auditing = true;
      const { checks } = await auditCounts(db, { now: machineNow(), real: machineNow() });
      auditing = false;
      for (const [check, found] of Object.entries(checks)) {
        if (found.length > 0)
          verdict.report('audit', `${check}: ${found.slice(0, 3).join(' ')} (${found.length})`);
      }
    },
  };
}
