import { makeAgenda } from '../../jobs/makeAgenda.ts';
import type { Database } from '../../models/database.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { rowAlarm } from '../../runtime/rowAlarm.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';

/** A message that is due at a moment of the run, to a chat nobody else writes to. */
export interface Due {
  id: string;
  chat: number;
  at: number;
}

/** Chats of the due messages begin here; walkers have the numbers below. */
export const firstDueChat = 500_000;

/** Put messages into the ledger that are due one after another, each with its alarm, as the publisher does it. */
export async function armDue(db: Database, from: number, count: number, every: number): Promise<Due[]> {
  const agenda = await makeAgenda(db, 'chaos', () => undefined);
  const dues: Due[] = [];
  for (let index = 0; index < count; index += 1) {
    const chat = firstDueChat + index;
    const due = { id: `due:${index}`, chat, at: from + index * every };
    const candidate = `due${index}`;
    await db.candidates.insertOne({
      ...newCandidate(candidate, defaultPolicy, from),
      channels: [{ channel: 'telegram', address: String(chat) }],
    });
    await db.ledger.insertOne({
      _id: due.id,
      kind: 'out',
      at: from,
      candidate,
      to: { candidate },
      message: { key: 'candidate.passedOn' },
      status: 'pending',
      prompt: true,
      notBefore: due.at,
    });
    const timer = { kind: 'deliver' as const, message: due.id, application: '' };
    const key = rowAlarm('deliver', due.id);
    await db.timers.insertOne({ _id: key, candidate, due: due.at, timer, status: 'armed', version: 1 });
    await agenda.bell.ring(key, due.at);
    dues.push(due);
  }
  return dues;
}

/** A stretch of time in which nothing could be sent: a process was down, or Telegram had asked for patience. */
export interface Stretch {
  from: number;
  to: number;
}

/** When all of them were away at once. */
export function together(lists: Stretch[][]): Stretch[] {
  return lists.reduce((some, others) =>
    some.flatMap((one) =>
      others.flatMap((other) => {
        const both = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
        return both.from < both.to ? [both] : [];
      }),
    ),
  );
}

/** How late a message came beyond the stretches that explain it, in milliseconds. */
export function beyond(due: number, arrived: number, excused: Stretch[]): number {
  let possible = due;
  for (const { from, to } of excused.toSorted((a, b) => a.from - b.from)) {
    if (from <= arrived && to > possible) possible = Math.min(to, arrived);
  }
  return arrived - possible;
}
