import type { Candidate } from '../../flows/candidate.ts';
import type { Effect, Notify } from '../../flows/effect.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { LedgerRow } from '../../models/rows.ts';
import type { Outages } from '../world/outages.ts';
import type { CallWatch } from './calls.ts';
import { asked } from './asked.ts';
import { earliest } from './earliest.ts';
import { afterNight, isNight } from './night.ts';
import { reasonGone } from './reason.ts';
import type { PeopleWatch } from './people.ts';
import type { Verdict } from './verdict.ts';

/** One message from its order to its end. */
interface Followed {
  key: string;
  /** Its place in the order of decisions. */
  seq: number;
  lane: string;
  /** The machine's time from which it may and must leave. */
  due: number;
  delayed: boolean;
  /** It may wait for the reader's morning. */
  waits: boolean;
  kind: string;
  candidate: string;
  toCandidate: boolean;
  application: string | undefined;
  accepted: boolean;
  ended: boolean;
  /** Whoever took it could not bring it: it has to go another way. */
  failed?: boolean;
  /** Nothing is kept of its person any more, who said no. */
  erased?: boolean;
}

interface Sender {
  alive(): boolean;
}

export interface MessageWatch {
  ordered(candidate: Candidate): void;
  /** By a call with a client, which is about several people or none. */
  orderedByCall(told: Notify[], call: string): void;
  row(before: LedgerRow | undefined, after: LedgerRow): void;
  /** Its row is gone. */
  erased(key: string): void;
  /** @param since when its channel was given it, in the machine's time */
  begins(key: string, since: number): void;
  accepted(key: string): void;
  /** The process that sent it was told that it was taken. */
  answered(key: string, sender: Sender): void;
  /** Taken, but it will not arrive: the promises begin anew when what this gives is called. */
  willFail(key: string): () => void;
  /** Taken, but nothing says that it arrived: it may go another way, too. */
  unheard(key: string): void;
  /** Taken, and that it arrived is still to be told: call what this gives when it is. */
  awaits(key: string): () => void;
  /** Look for what should have left long ago. */
  sweep(): void;
  counts(): { ordered: number; accepted: number };
}

/** How late a message may be, outages apart; and what is still called "at the same time", in milliseconds. */
const lateness = 60_000;

/** A channel may take so long over a message itself: a file to be uploaded first, what was offered to be written down. */
const preparing = 5_000;

export function makeMessageWatch(deps: {
  now: () => number;
  machineNow: () => number;
  /** One process, that polls. */
  polled: boolean;
  policy: Policy;
  outages: Outages;
  people: PeopleWatch;
  verdict: Verdict;
  ledger: (key: string) => LedgerRow | undefined;
  candidate: (id: string) => Candidate | undefined;
  calls: Pick<CallWatch, 'reasonGone'>;
}): MessageWatch {
  const { machineNow, policy, outages, people, verdict } = deps;
  const followed = new Map<string, Followed>();
  const done = new Set<string>();
  const unheard = new Set<string>();
  const told = new Map<string, Sender>();
  /** By how much the machine's clock was off when they were taken. */
  const awaited = new Map<string, number>();
  const skew = () => machineNow() - deps.now();
  const lastSeq = new Map<string, number>();
  let seq = 0;
  let accepted = 0;

  const follow = (notify: Notify, about: string, reader: Candidate | undefined): void => {
    seq += 1;
    if (followed.has(notify.key) || done.has(notify.key)) return;
    const now = machineNow();
    const toCandidate = 'candidate' in notify.to;
    const wished = Math.max(notify.notBefore ?? now, now);
    const waits = toCandidate && !notify.prompt;
    const due = waits && reader ? afterNight(wished, reader.zone, policy) : wished;
    followed.set(notify.key, {
      key: notify.key,
      seq,
      lane: `${JSON.stringify(notify.to)} ${about}`,
      due,
      delayed: due > now,
      waits,
      kind: notify.message.key,
      candidate: reader?._id ?? '',
      toCandidate,
      application: notify.application,
      accepted: false,
      ended: false,
    });
  };

  /** Ordered at 21:59 it did not get out, or stands in the ledger only at 22:00: it leaves in the morning. */
  const overNight = (message: Followed): void => {
    const person = message.waits ? deps.candidate(message.candidate) : undefined;
    if (!person || message.delayed || lateBy(message.due) > lateness) return;
    const morning = afterNight(machineNow(), person.zone, policy);
    if (morning === machineNow()) return;
    message.due = morning;
    message.delayed = true;
  };

  const lateBy = (due: number): number => {
    const now = machineNow();
    return now - due - outages.within(due, now);
  };

  return {
    counts: () => ({ ordered: seq, accepted }),
    ordered: (candidate) => {
      for (const effect of candidate.outbox as Effect[])
        if (effect.type === 'notify') follow(effect, candidate._id, candidate);
    },
    orderedByCall: (told, call) => {
      for (const notify of told)
        follow(notify, call, 'candidate' in notify.to ? deps.candidate(notify.to.candidate) : undefined);
    },
    answered: (key, sender) => void told.set(key, sender),
    begins: (key, since) => {
      told.delete(key);
      const message = followed.get(key);
      const row = deps.ledger(key);
      if (!message || !row) return;
      if (machineNow() < message.due - 1) verdict.report('early', `${key} ${message.due - machineNow()} ms`);
      const person = deps.candidate(message.candidate);
      const before = earliest(row, person, policy);
      if (machineNow() < before)
        verdict.report('early', `${key} ${before - machineNow()} ms before the policy`);
      const gone = reasonGone(row, person, people, machineNow(), deps.now()) ?? deps.calls.reasonGone(key);
      if (gone) verdict.report('stale', `${key} ${message.kind}: ${gone}`);
      if (
        message.toCandidate &&
        person &&
        !asked(row, person, policy, machineNow()) &&
        isNight(machineNow() - since < preparing ? since : machineNow(), person.zone, policy)
      )
        verdict.report('quiet', `${key} ${message.kind} to ${person.zone}`);
    },
    accepted: (key) => {
      accepted += 1;
      const message = followed.get(key);
      const before = message ? message.accepted : done.has(key);
      // Half an hour seems to have passed without a word of it, where the machine's clock jumped.
      const jumped = skew() > (awaited.get(key) ?? Infinity);
      if (before && !jumped && !unheard.delete(key)) return verdict.report('doubled', key);
      if (!message) return;
      message.accepted = true;
      const person = message.delayed && message.toCandidate ? deps.candidate(message.candidate) : undefined;
      // Whoever has named another city since waits for the morning there.
      const late = lateBy(person ? afterNight(message.due, person.zone, policy) : message.due);
      if (late > lateness) verdict.report('late', `${key} ${message.kind} ${late} ms`);
      // Several processes send side by side: see docs/guarantees.md.
      if (message.delayed || !deps.polled) return;
      const last = lastSeq.get(message.lane) ?? 0;
      if (last > message.seq)
        verdict.report('order', `${key} ${message.kind} after ${last - message.seq} later ones`);
      else lastSeq.set(message.lane, message.seq);
    },
    row: (before, after) => {
      if (after.kind !== 'out') return;
      if (before?.status === after.status && before?.notBefore === after.notBefore) return;
      const message = followed.get(after._id);
      const { status } = after;
      if (message && status === 'pending') overNight(message);
      if (!message || status === 'pending' || status === 'sending') {
        if (before && status === 'sending' && before.status !== 'pending')
          verdict.report('wrongEnd', `${after._id}: ${before.status} became ${status}`);
        return;
      }
      // A message that stands in its place already, word for word, is not sent again.
      if (status === 'sent' && !message.accepted && !message.failed && !after.place)
        verdict.report('wrongEnd', `${after._id}: sent, but was not`);
      if ((status === 'failed' || status === 'superseded') && message.accepted)
        verdict.report('wrongEnd', `${after._id}: ${status}, but arrived`);
      if (status === 'uncertain' && told.get(after._id)?.alive())
        verdict.report('wrongEnd', `${after._id}: uncertain, but its sender was told that it arrived`);
      told.delete(after._id);
      message.ended = true;
      if ((status === 'sent' && (message.accepted || !message.failed)) || status === 'superseded') {
        followed.delete(after._id);
        done.add(after._id);
      }
    },
    erased: (key) => {
      const message = followed.get(key);
      if (message) message.erased = true;
    },
    unheard: (key) => void unheard.add(key),
    awaits: (key) => {
      awaited.set(key, skew());
      return () => void awaited.delete(key);
    },
    willFail: (key) => {
      const message = followed.get(key);
      return () => {
        const row = deps.ledger(key);
        // Whose end is not known is somebody's task already; of whom nothing is kept nobody is told.
        if (!message || !row || ['uncertain', 'failed', 'superseded'].includes(String(row.status))) return;
        done.delete(key);
        const anew = { accepted: false, ended: false, failed: true, delayed: true, due: machineNow() };
        followed.set(key, Object.assign(message, anew));
      };
    },
    sweep: () => {
      for (const message of followed.values()) {
        const late = lateBy(message.due);
        if (late < (message.delayed ? 24 * 60 : 2) * lateness) continue;
        if (!message.ended && !(message.erased && message.accepted))
          verdict.report('lost', `${message.key} ${message.kind} due ${late} ms ago`);
        else if (isAlone(message)) verdict.report('alone', `${message.key} ${message.kind}`);
        followed.delete(message.key);
        done.add(message.key);
      }
    },
  };

  /** It failed or is uncertain, and no task says so. Nobody can be told of somebody who has no application. */
  function isAlone({ key, application, candidate, toCandidate }: Followed): boolean {
    const person = deps.candidate(candidate);
    if (!toCandidate || !person) return false;
    const row = deps.ledger(key);
    // What stands in their chat all the same.
    if (row?.copyOf) return false;
    const about = row?.application ?? application;
    const found = person.applications.find(({ id }) => id === about);
    if (!found?.recruiter) return false;
    return !found.tasks.some(({ kind }) => kind === 'undelivered');
  }
}
