import { auditCounts } from '../../models/auditCounts.ts';
import type { Database } from '../../models/database.ts';
import { beyond, type Due, firstDueChat, type Stretch } from './alarmsDue.ts';
import type { Accepted } from './judge.ts';

export interface Verdict {
  /** What the audit cannot account for, by its own checks. */
  unaccounted: string[];
  /** Rows said to be sent that the judge never took. */
  lost: string[];
  /** Due messages that neither arrived nor are known to be uncertain. */
  neverCame: string[];
  /** Messages the judge took more often than the ledger can explain. */
  doubled: number;
  /** Of the chats where that was so, what no row names: when, and how it begins. */
  unnamed: string[];
  early: number;
  /** Milliseconds beyond the restart (or the wait that Telegram asked for), sorted. */
  late: number[];
  /** The latest of them, with their due time and arrival. */
  latest: { due: number; arrived: number; by: number }[];
  /** Answers that stand under another question, or are not what was said. */
  wrongAnswers: string[];
  uncertain: number;
  sent: number;
}

/** What a walker can have said, by the question's id. */
const said: Record<string, (value: unknown) => boolean> = {
  experience: (value) => value === 3,
  medical: (value) => value === 'yes' || (Array.isArray(value) && value[0] === 'yes'),
  start: (value) => typeof value === 'string' && /-12-01/.test(value),
  phone: (value) => typeof value === 'string' && value.startsWith('+7916'),
  schedule: (value) => JSON.stringify(value).length > 2,
};

/** Hold the product's ledger against what the judge took. To be called when all is quiet. */
export async function verdict(
  db: Database,
  accepted: Accepted[],
  dues: Due[],
  excused: Stretch[],
  now: number,
): Promise<Verdict> {
  const minute = 61_000;
  const audit = await auditCounts(db, { now: now + minute, real: now + minute, alive: () => false });
  const rows = await db.ledger.find({ kind: 'out' }).toArray();
  const people = await db.candidates.find().toArray();
  const taken = new Map(accepted.map((message) => [message.id, message]));
  const known = new Set(rows.flatMap(({ messageId }) => messageId ?? []));
  const chatOf = new Map(people.map(({ _id, channels }) => [_id, Number(channels[0]?.address)]));
  const openEnds = new Map<number, number>();
  for (const { status, to } of rows) {
    if (status !== 'uncertain' || !to || !('candidate' in to)) continue;
    const chat = chatOf.get(to.candidate) ?? 0;
    openEnds.set(chat, (openEnds.get(chat) ?? 0) + 1);
  }
  let doubled = 0;
  const unnamed: string[] = [];
  const unexplained = new Map<number, Accepted[]>();
  for (const message of accepted) {
    const { id, chat } = message;
    if (!known.has(id) && chatOfCandidate(chat))
      unexplained.set(chat, [...(unexplained.get(chat) ?? []), message]);
  }
  for (const [chat, messages] of unexplained) {
    const over = Math.max(0, messages.length - (openEnds.get(chat) ?? 0));
    doubled += over;
    if (over > 0)
      for (const { at, text } of messages)
        unnamed.push(`${chat} ${new Date(at).toISOString()} ${text.slice(0, 40)}`);
  }

  const byChat = new Map(accepted.filter(({ chat }) => chat >= firstDueChat).map((one) => [one.chat, one]));
  const statusOf = new Map(rows.map(({ _id, status }) => [_id, status]));
  const arrivals = dues.map((due) => ({ due, arrived: byChat.get(due.chat)?.at }));
  const late = arrivals
    .flatMap(({ due, arrived }) =>
      arrived === undefined ? [] : [{ due: due.at, arrived, by: beyond(due.at, arrived, excused) }],
    )
    .sort((one, other) => one.by - other.by);
  return {
    unaccounted: Object.entries(audit.checks).flatMap(([check, ids]) => ids.map((id) => `${check} ${id}`)),
    lost: rows
      .filter(({ status, messageId }) => status === 'sent' && messageId && !taken.has(Number(messageId)))
      .map(({ _id }) => _id),
    neverCame: arrivals
      .filter(({ due, arrived }) => arrived === undefined && statusOf.get(due.id) !== 'uncertain')
      .map(({ due }) => due.id),
    doubled,
    unnamed,
    early: arrivals.filter(({ due, arrived }) => arrived !== undefined && arrived < due.at).length,
    late: late.map(({ by }) => by),
    latest: late.slice(-5).reverse(),
    wrongAnswers: people.flatMap(({ _id, applications }) =>
      applications.flatMap(({ answers }) =>
        Object.entries(answers)
          .filter(([question, { value }]) => !said[question]?.(value))
          .map(([question, { value }]) => `${_id} ${question} ${JSON.stringify(value)}`),
      ),
    ),
    uncertain: rows.filter(({ status }) => status === 'uncertain').length,
    sent: rows.filter(({ status }) => status === 'sent').length,
  };
}

/** Members' chats have other numbers: what their own taps brought is not in the ledger. */
function chatOfCandidate(chat: number): boolean {
  return chat < 900_000;
}
