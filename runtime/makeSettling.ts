import type { Way } from '../flows/channels.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { eraseChat } from '../models/forgetting/eraseChat.ts';
import { eraseMessages } from '../models/forgetting/eraseMessages.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Channels, SendResult } from './channel.ts';
import type { Clock } from './clock.ts';
import { hasReceipts } from './hasReceipts.ts';
import { mustArrive } from './makeRecipients.ts';
import type { RowEnds } from './makeRowEnds.ts';
import type { Troubles } from './makeTroubles.ts';
import { untilReached } from './untilReached.ts';

/** What follows from what came of a message: the row says it, whoever is concerned hears of it. */
export interface Settling {
  /** A channel took it, or nobody knows, or a process ended with it. */
  settle(row: LedgerRow, result: SendResult, way?: Pick<LedgerRow, 'via' | 'tried'>): Promise<void>;
  /** No way is left. */
  nowhere(row: LedgerRow, error: string, tried: Way[]): Promise<void>;
  /** The message that says nothing is kept has an end, by whichever process: now nothing is. Safe to repeat. */
  dropWho(row: Pick<LedgerRow, 'forget' | 'candidate'>): Promise<void>;
  /** Work that nobody waits for; counted until it ends. */
  background(work: Promise<void>): void;
  /** How much of that is going on. */
  size(): number;
}

const minute = 60_000;

export function makeSettling(deps: {
  db: Database;
  clock: Clock;
  channels: Channels;
  policy: Policy;
  ends: Pick<RowEnds, 'end'>;
  troubles: Pick<Troubles, 'tellRecruiter'>;
  /** A person nobody knows is about to be dropped. */
  forgetting: (candidate: string) => Promise<void>;
  /** Look then whether it arrived. */
  doubtAt: (row: LedgerRow, due: number) => Promise<void>;
  log: (line: object) => void;
}): Settling {
  const { db, clock, channels, log } = deps;
  const { end } = deps.ends;
  const { tellRecruiter } = deps.troubles;

  let ending = 0;
  const background = (work: Promise<void>): void => {
    ending += 1;
    void work
      .catch((error: unknown) => log({ level: 'error', error: String(error) }))
      .finally(() => (ending -= 1));
  };

  /** Who said no to being known: not even that is kept. Whoever has begun anew meanwhile is being asked again. */
  const drop = async (_id: string): Promise<void> => {
    await deps.forgetting(_id);
    const nobody = {
      _id,
      consent: { $exists: false },
      applications: { $size: 0 },
      dialog: { $exists: false },
      merged: { $exists: false },
    } as const;
    const person = await db.candidates.findOne(nobody);
    if (person) {
      for (const chat of person.channels) await eraseChat(db, chat);
      const { deletedCount } = await db.candidates.deleteOne({ ...nobody, version: person.version });
      if (deletedCount === 0) return;
    } else if (await db.candidates.findOne({ _id })) return;
    // The message that says it last: after a crash it is what tells that this is to be done still.
    await eraseMessages(db, { cards: [_id], applications: [], alike: [] }, _id);
  };

  const dropWho: Settling['dropWho'] = async ({ forget, candidate }) => {
    // Given up half-way it would be left to the next start.
    if (forget && candidate) await untilReached(clock, () => drop(candidate));
  };

  const settle = async (
    row: LedgerRow,
    result: SendResult,
    way: Pick<LedgerRow, 'via' | 'tried'> = {},
  ): Promise<void> => {
    if (result.outcome === 'sent') {
      const { messageId, cost } = result;
      await end(row, {
        status: 'sent',
        sentAt: clock.now(),
        ...way,
        ...(messageId && { messageId }),
        ...(cost !== undefined && { cost }),
      });
      if (way.via && hasReceipts(way.via) && mustArrive(row))
        await untilReached(clock, () =>
          deps.doubtAt(row, clock.now() + deps.policy.undeliveredMinutes * minute),
        );
      markAtDesk(row, 'sent');
      return dropWho(row);
    }
    log({ level: 'warn', message: row._id, outcome: result.outcome, error: result.error });
    // Told first, marked then: a crash in between tells once more, without effect, instead of never.
    await tellRecruiter(row);
    await end(row, {
      status: result.outcome === 'uncertain' ? 'uncertain' : 'failed',
      error: result.error,
      ...way,
    });
    markAtDesk(row, 'failed');
    await dropWho(row);
  };

  /** Who wrote it at the desk sees there what came of it. */
  const markAtDesk = (row: LedgerRow, outcome: 'sent' | 'failed'): void => {
    if (row.mark !== undefined && channels.desk) background(channels.desk.mark(row.mark, outcome));
  };

  /** No way is left: a candidate's message becomes a recruiter's task. A copy for a channel that is not there does not. */
  const nowhere = async (row: LedgerRow, error: string, tried: Way[]): Promise<void> => {
    const way = tried.length > 0 ? { tried } : {};
    if (row.copyOf || (row.only && tried.length === 0))
      return end(row, { status: 'superseded', ...(row.copyOf && tried.length > 0 && { error }), ...way });
    await tellRecruiter(row, error);
    await end(row, { status: 'failed', error, ...way });
    markAtDesk(row, 'failed');
    await dropWho(row);
  };

  return { settle, nowhere, dropWho, background, size: () => ending };
}
