/** A moment of a process: before or after one kind of call that it makes outside itself. */
export interface KillPoint {
  /** A collection's method, or a method of the Bot API. */
  call: string;
  side: 'before' | 'after';
  /** Which calls of the kind: told from what is given to them. */
  about?: (given: unknown) => boolean;
  /** Only where several processes share the work; only where one works alone. */
  only?: 'several' | 'alone';
}

const says = (what: RegExp) => (given: unknown) => what.test(JSON.stringify(given) ?? '');

/** Where the product is killed by name. The commit is written alone or with others of the same turn: one of two calls. */
export const killPoints: Record<string, KillPoint[]> = {
  'before it is kept': [{ call: 'inbox.insertMany', side: 'before', only: 'several' }],
  'kept, its sender not yet answered': [{ call: 'inbox.insertMany', side: 'after', only: 'several' }],
  'the lane taken': [{ call: 'lanes.updateOne', side: 'after', only: 'several' }],
  'before the commit': [
    { call: 'candidates.updateOne', side: 'before' },
    { call: 'candidates.bulkWrite', side: 'before', about: says(/"\$set"/) },
  ],
  'after the commit': [
    { call: 'candidates.updateOne', side: 'after' },
    { call: 'candidates.bulkWrite', side: 'after', about: says(/"\$set"/) },
  ],
  'before the ledger': [{ call: 'ledger.insertMany', side: 'before' }],
  'in the ledger, not sent': [{ call: 'ledger.insertMany', side: 'after' }],
  'claimed for sending': [{ call: 'ledger.updateOne', side: 'after' }],
  'before the send': [{ call: 'sendMessage', side: 'before' }],
  'after it was accepted': [{ call: 'sendMessage', side: 'after' }],
  'before the mark': [{ call: 'ledger.bulkWrite', side: 'before' }],
  'after the mark': [{ call: 'ledger.bulkWrite', side: 'after' }],
  'the window taken': [{ call: 'slots.insertMany', side: 'after' }],
  'the alarm set': [{ call: 'timers.bulkWrite', side: 'after', about: says(/"armed","by"|upsert/) }],
  'the alarm heard': [{ call: 'timers.bulkWrite', side: 'before', about: says(/fired/) }],
  'published, not marked': [
    { call: 'candidates.bulkWrite', side: 'before', about: says(/"\$unset":\{"unpublished"/) },
  ],
  'worked, not marked': [{ call: 'inbox.updateMany', side: 'before', only: 'several' }],
  'on the way up': [{ call: 'timers.find', side: 'after' }],
};

/** The names that can be reached by so many processes. */
export function namesFor(processes: number): string[] {
  const other = processes === 1 ? 'several' : 'alone';
  return Object.keys(killPoints).filter((name) => killPoints[name]?.some(({ only }) => only !== other));
}
