import type { Candidate } from '../flows/candidate.ts';
import type { Effect, Notify, Refresh } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { afterQuiet } from '../flows/quietHours.ts';
import type { Database } from '../models/database.ts';
import { cardPlaces } from '../models/cardPlaces.ts';
import { insertNew, isDuplicate } from '../models/databaseErrors.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Alarms } from './alarms.ts';
import type { Clock } from './clock.ts';
import type { Receive } from './makeInbox.ts';
import type { Outbox } from './makeOutbox.ts';

/** Puts a decision's effects where they live: ledger, alarms, slots. Safe to repeat: each has its own key. */
export interface Publisher {
  /** @param event what was decided; undefined when the effects are of an earlier life of the process */
  publish(state: Candidate, event: Event | undefined): Promise<void>;
}

export function makePublisher(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  alarms: Alarms;
  outbox: Outbox;
  receive: Receive;
}): Publisher {
  const { db, clock, policy, alarms, outbox, receive } = deps;

  const ledgerRow = (notify: Notify, state: Candidate): LedgerRow => {
    const now = clock.now();
    const wished = Math.max(notify.notBefore ?? now, now);
    // Members get theirs at once, at night without a sound: a lead that waits until morning is a late one.
    const candidate = 'candidate' in notify.to && !notify.prompt;
    const leaves = candidate ? afterQuiet(wished, state.zone, policy.quiet) : wished;
    const { key, to, message, application, place, anew, interviewVersion, forget, prompt } = notify;
    return {
      _id: key,
      kind: 'out',
      at: now,
      candidate: state._id,
      to,
      message,
      status: 'pending',
      prompt,
      ...(leaves > now && { notBefore: leaves }),
      ...(application && { application }),
      ...(place && { place }),
      ...(anew && { anew }),
      ...(interviewVersion !== undefined && { interviewVersion }),
      ...(forget && { forget }),
    };
  };

  /** A row for each card of the application that somebody has open. */
  const cards = async ({ key, application, except }: Refresh, state: Candidate): Promise<LedgerRow[]> => {
    const places = await db.places.find(cardPlaces(application)).toArray();
    return places.flatMap(({ _id: place }) => {
      const member = place.slice(place.lastIndexOf(':') + 1);
      const message = { key: 'view:card', params: { application } };
      const notify = { key: `${key}:${member}`, to: { member }, message, application, place, prompt: true };
      return member === except ? [] : [ledgerRow({ type: 'notify', ...notify }, state)];
    });
  };

  const book = async (effect: Extract<Effect, { type: 'book' }>, candidate: string): Promise<void> => {
    const { application, interviewer, start, format, by } = effect;
    const _id = `${interviewer}:${start}`;
    let ours = true;
    try {
      await db.slots.insertOne({ _id, interviewer, start, candidate, application, at: clock.now() });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      ours = (await db.slots.findOne({ _id }))?.application === application;
    }
    const type = ours ? ('slotBooked' as const) : ('slotTaken' as const);
    const answer = { type, application, interviewer, start, format, ...(by && { by }) };
    await receive([{ id: `slot:${effect.key}`, candidate, event: { id: `slot:${effect.key}`, ...answer } }]);
  };

  return {
    publish: async (state, event) => {
      const rows: LedgerRow[] = incoming(state, event, clock.now());
      const notices: LedgerRow[] = [];
      // What the document holds was written by this product's own `decide`.
      for (const effect of state.outbox as Effect[]) {
        if (effect.type === 'notify') notices.push(ledgerRow(effect, state));
        else if (effect.type === 'refresh') notices.push(...(await cards(effect, state)));
        else if (effect.type === 'fact') rows.push(factRow(effect, state, clock.now()));
        else if (effect.type === 'schedule') await alarms.set(effect, state._id, state.decided.at(-1) ?? '');
        else if (effect.type === 'cancel') await alarms.cancel(effect.key);
        else if (effect.type === 'release') {
          const { interviewer, start, application } = effect;
          await db.slots.deleteOne({ _id: `${interviewer}:${start}`, application });
        } else await book(effect, state._id);
      }
      // The first to a free chat is claimed by its very insert: one round trip less between a tap and its answer.
      const chats = new Set<string>();
      for (const row of notices) {
        const chat = JSON.stringify(row.to);
        if (row.notBefore === undefined && !chats.has(chat) && outbox.free(row)) outbox.claim(row);
        chats.add(chat);
      }
      const fresh = await insertNew(db.ledger, [...rows, ...notices]);
      for (const row of notices) if (fresh.has(row._id)) outbox.deliver(row, state);
    },
  };
}

/** What the candidate wrote or pressed, for the history; nothing is kept before consent. */
function incoming(state: Candidate, event: Event | undefined, at: number): LedgerRow[] {
  if (!event || !state.consent) return [];
  if (event.type !== 'messageArrived' && event.type !== 'buttonTapped') return [];
  const text = event.type === 'messageArrived' ? (event.text ?? event.contact?.phone) : event.label;
  const application = state.applications.at(-1)?.id;
  return [
    {
      _id: `in:${event.id}`,
      kind: 'in',
      at,
      candidate: state._id,
      ...(application && { application }),
      text: text ?? (event.type === 'messageArrived' ? `[${event.kind}]` : ''),
      ...(event.type === 'messageArrived' && event.file && { file: event.file }),
    },
  ];
}

function factRow(fact: Extract<Effect, { type: 'fact' }>, state: Candidate, at: number): LedgerRow {
  const { key, what, application, by, params } = fact;
  return {
    _id: key,
    kind: 'fact',
    at,
    candidate: state._id,
    what,
    ...(application && { application }),
    ...(by && { by }),
    ...(params && { params }),
  };
}
