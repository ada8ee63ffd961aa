import type { VirtualDatabase } from '../database/virtualDatabase.ts';
import type { Name } from '../database/virtualDatabase.ts';
import { makeHeap } from './heap.ts';
import type { VirtualTime } from './virtualTime.ts';

/**
 * Knows without asking whether a periodic look would find anything: a year has a million of them, and each that finds
 * nothing does nothing. What it must not do is to be wrong: everything the looks look for is counted here.
 */
export interface Idle {
  idle(): boolean;
  /** Run once when there is something again. */
  whenBusy(work: () => void): () => void;
  changed(name: Name, before: Row | undefined, after: Row | undefined): void;
  moved(): void;
}

/** A document as the database's observers see it. */
export type Row = Record<string, unknown> & { _id: string };

/** So long before an alarm is due the looks begin (the product's shortest horizon and one period), in milliseconds. */
const ahead = 120_000;

export function makeIdle(time: VirtualTime, machineNow: () => number, database: () => VirtualDatabase): Idle {
  let watchers = new Set<() => void>();
  const due = makeHeap<{ id: string; due: number }>();
  const count = { inbox: 0, sending: 0, pending: 0, unpublished: 0 };
  let alarm: { at: number; callOff: () => void } | undefined;

  const dueSoon = (): boolean => {
    for (;;) {
      const first = due.peek();
      if (!first || first.due > machineNow() + ahead) return false;
      const row = database().memory.timers.get(first.id);
      if (row?.status === 'armed' && row.due === first.due) return true;
      due.pop();
    }
  };
  const wake = (): void => {
    const all = watchers;
    watchers = new Set();
    for (const work of all) work();
  };
  const plan = (): void => {
    const at = due.earliest() - ahead - (machineNow() - time.now());
    if (at === Infinity || (alarm && alarm.at <= at)) return;
    alarm?.callOff();
    alarm = {
      at,
      callOff: time.at(at, () => {
        alarm = undefined;
        if (dueSoon()) wake();
        else plan();
      }),
    };
  };
  const is = (row: Row | undefined, field: string, value: unknown) => Number(row?.[field] === value);
  const waits = (row: Row | undefined) => Number(row?.status === 'pending' && row.notBefore === undefined);

  return {
    idle: () => count.inbox + count.sending + count.pending + count.unpublished === 0 && !dueSoon(),
    whenBusy: (work) => {
      watchers.add(work);
      plan();
      return () => watchers.delete(work);
    },
    moved: () => {
      alarm?.callOff();
      alarm = undefined;
      if (watchers.size > 0) wake();
    },
    changed: (name, before, after) => {
      if (name === 'inbox') count.inbox += is(after, 'status', 'waiting') - is(before, 'status', 'waiting');
      else if (name === 'candidates')
        count.unpublished += is(after, 'unpublished', true) - is(before, 'unpublished', true);
      else if (name === 'ledger') {
        count.sending += is(after, 'status', 'sending') - is(before, 'status', 'sending');
        count.pending += waits(after) - waits(before);
      } else if (name === 'timers' && after?.status === 'armed') {
        due.push(Number(after.due), { id: after._id, due: Number(after.due) });
        if (watchers.size > 0) plan();
      }
      if (watchers.size > 0 && count.inbox + count.sending + count.pending + count.unpublished > 0) wake();
    },
  };
}
