import type { Candidate } from '../flows/candidate.ts';
import type { Effect, Notify, Refresh } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { cardPlaces } from '../models/cardPlaces.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Alarms } from './alarms.ts';
import { batch } from './batch.ts';
import type { Clock } from './clock.ts';
import { findSame } from './findSame.ts';
import { insertRows } from './insertRows.ts';
import { factRow, heardRows, messageRow } from './ledgerRows.ts';
import type { Outbox } from './makeOutbox.ts';
import type { Places } from './makePlaces.ts';
import { makeSlots } from './makeSlots.ts';
import { untilReached } from './untilReached.ts';

/**
 * Puts a decision's effects where they live: ledger, alarms, slots. Safe to repeat: each has its own key.
 */
export interface Publisher {
  /**
   * The state as it is committed: with what was said by the candidate among its effects, and the first message to each
   * chat at rest claimed for sending. That claim is durable with the decision, so the message leaves at once.
   */
  prepare(next: Candidate, event: Event | undefined): Candidate;
  /**
   * @param first straight after the commit in this process; otherwise what was claimed may have been sent
   * @returns what came of it for the same candidate: windows taken or not, others with the same phone
   */
  publish(state: Candidate, first: boolean): Promise<Event[]>;
}

/** An effect as the document keeps it. `claimed`: by which process, for sending. */
type Kept = (Effect & { claimed?: string }) | { type: 'heard'; key: string; row: LedgerRow };

/** The ledger's rows of one decision. */
interface Rows {
  plain: LedgerRow[];
  early: LedgerRow[];
  dead: LedgerRow[];
  due: LedgerRow[];
}

export function makePublisher(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  alarms: Alarms;
  outbox: Outbox;
  places: Places;
  owner: string;
  /** The only product on this database: what another process claimed, nobody sends any more. */
  alone: boolean;
  /** A window was let go. */
  opened: () => void;
  /** Somebody waits for a place of a group. */
  waits: () => void;
}): Publisher {
  const { db, clock, policy, alarms, outbox, places, owner, alone } = deps;
  const slots = makeSlots(db, clock, policy, deps.opened);

  const ledgerRow = (notify: Notify, state: Candidate): LedgerRow =>
    messageRow(notify, state, clock.now(), policy.quiet);

  /** A row for each card of the application that somebody has open. */
  const cards = async ({ key, application, except }: Refresh, state: Candidate): Promise<LedgerRow[]> => {
    const places = await db.places.find(cardPlaces(application)).toArray();
    return places.flatMap(({ _id: place }) => {
      const member = place.slice(place.lastIndexOf(':') + 1);
      const atDesk = member === 'desk';
      const to = atDesk ? { desk: state._id } : { member };
      const message = { key: atDesk ? 'view:deskCard' : 'view:card', params: { application } };
      const notify = { key: `${key}:${member}`, to, message, application, place, prompt: true };
      // Their topic is being deleted: a card that is drawn late would make it anew.
      if (atDesk && state.forgotten) return [];
      return member === except ? [] : [ledgerRow({ type: 'notify', ...notify }, state)];
    });
  };

  const insert = batch<LedgerRow[], Set<string>>(clock, async (lists) => {
    const fresh = await insertRows(db, clock, lists.flat());
    // Ordered by several decisions of one moment it is for the first of them to deliver.
    return lists.map((list) => new Set(list.flatMap(({ _id }) => (fresh.delete(_id) ? [_id] : []))));
  });

  const write = async ({ plain, early, dead, due }: Rows, state: Candidate): Promise<void> => {
    if (early.length > 0) await outbox.sendEarly(early, state);
    const all = [...plain, ...early, ...dead, ...due];
    if (all.length === 0) return;
    let fresh = new Set<string>();
    try {
      fresh = await insert(all);
    } finally {
      outbox.stored(early, fresh);
    }
    for (const row of dead) if (fresh.has(row._id)) outbox.lost(row);
    for (const row of due) if (fresh.has(row._id)) outbox.deliver(row, state);
  };

  /** May this message leave before it stands in the ledger? One that is drawn from it, or of which it knows, may not. */
  const claimable = (notify: Notify, state: Candidate): boolean =>
    notify.shared !== true &&
    ledgerRow(notify, state).notBefore === undefined &&
    !notify.message.key.startsWith('view:');

  /** Which rows the notices become, and how each is sent. */
  const sort = (notices: { row: LedgerRow; claimed?: string }[], state: Candidate, first: boolean): Rows => {
    const rows: Rows = { plain: [], early: [], dead: [], due: [] };
    const chats = new Set(notices.filter(({ claimed }) => claimed).map(({ row }) => JSON.stringify(row.to)));
    for (const { row, claimed } of notices) {
      const chat = JSON.stringify(row.to);
      const sending = { ...row, status: 'sending' as const, owner: claimed ?? owner };
      delete sending.notBefore;
      if (claimed === owner && (first || outbox.isEarly(row._id))) rows.early.push(sending);
      else if (claimed !== undefined && claimed !== owner) rows.dead.push(sending);
      // The first to a chat at rest is claimed by its very insert: one round trip less before it leaves.
      else if (row.notBefore === undefined && !chats.has(chat) && outbox.free(row.to, state))
        rows.due.push(sending);
      else rows.due.push(row);
      chats.add(chat);
    }
    return rows;
  };

  /** What is still waiting does not leave any more. */
  const withdraw = async (messages: string[]): Promise<void> => {
    if (messages.length === 0) return;
    const waiting = { _id: { $in: messages }, status: 'pending' as const };
    await untilReached(clock, () =>
      db.ledger.updateMany(waiting, { $set: { status: 'superseded' as const } }),
    );
  };

  /** Nothing is left of a person whom an import made and whom nobody has touched. */
  const erase = async ({ _id, version }: Candidate): Promise<void> => {
    await db.ledger.deleteMany({ candidate: _id });
    await db.timers.deleteMany({ candidate: _id });
    await db.candidates.deleteOne({ _id, version });
  };

  return {
    prepare: (next, event) => {
      const chats = new Set<string>();
      // What a decision orders is written by this product's own `decide`.
      const effects = (next.outbox as Effect[]).map((effect): Kept => {
        if (!alone || effect.type !== 'notify') return effect;
        const chat = JSON.stringify(effect.to);
        const free = !chats.has(chat) && outbox.free(effect.to, next) && claimable(effect, next);
        chats.add(chat);
        return free ? { ...effect, claimed: owner } : effect;
      });
      const heard = heardRows(next, event, clock.now()).map((row): Kept => ({
        type: 'heard',
        key: row._id,
        row,
      }));
      return { ...next, outbox: [...heard, ...effects] };
    },
    publish: async (state, first) => {
      const kept = state.outbox as Kept[];
      const of = <T extends Kept['type']>(type: T) =>
        kept.filter((effect): effect is Extract<Kept, { type: T }> => effect.type === type);
      const notices: { row: LedgerRow; claimed?: string }[] = of('notify').map((notify) => ({
        row: ledgerRow(notify, state),
        ...(notify.claimed && { claimed: notify.claimed }),
      }));
      for (const refresh of of('refresh'))
        notices.push(...(await untilReached(clock, () => cards(refresh, state))).map((row) => ({ row })));
      for (const [index, { row }] of notices.entries()) row.order = state.version * 1_000 + index;
      const rows = sort(notices, state, first);
      rows.plain.push(...of('heard').map(({ row }) => row));
      rows.plain.push(...of('fact').map((fact) => factRow(fact, state, clock.now())));
      const orders = kept.filter(({ type }) => type === 'schedule' || type === 'cancel') as (
        Extract<Effect, { type: 'schedule' }> | Extract<Effect, { type: 'cancel' }>
      )[];
      // Committed is promised: a moment without database delays its effects and drops none.
      const [answers, same, turned] = await Promise.all([
        Promise.all([
          ...of('book').map((effect) => untilReached(clock, () => slots.book(effect, state._id))),
          ...of('hold').map((effect) => untilReached(clock, () => slots.hold(effect, state._id))),
        ]),
        Promise.all(of('findSame').map((effect) => untilReached(clock, () => findSame(db, effect, state)))),
        Promise.all(of('countPlaces').map((effect) => untilReached(clock, () => places.count(effect)))),
        Promise.all(of('release').map((effect) => untilReached(clock, () => slots.release(effect)))),
        untilReached(clock, () => alarms.order(orders, state._id, state.decided.at(-1) ?? '', state.version)),
        write(rows, state),
        withdraw(of('withdraw').flatMap(({ messages }) => messages)),
      ]);
      // One may have been let go just before they began to.
      if (state.applications.some(({ group }) => group?.state === 'waiting')) deps.waits();
      if (of('erase').length > 0) await untilReached(clock, () => erase(state));
      const forgets = of('forget').map(({ key, tell }): Event => ({
        id: key,
        type: 'forgetPerson',
        by: 'candidate',
        tell,
      }));
      return [...answers, ...same.flat(), ...turned.flat(), ...forgets];
    },
  };
}
