import type { Way } from '../flows/channels.ts';
import { answerFaults } from '../flows/sites/sourceNames.ts';
import type { Database } from '../models/database.ts';
import { followCard } from '../models/followCard.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { untilReached } from './untilReached.ts';

/** What becomes of a candidate's message that did not arrive, as events of that candidate. Safe to repeat. */
export interface Troubles {
  /** The channel takes nothing for this person any more. */
  closeChannel(row: LedgerRow, reach: Way): Promise<void>;
  /** It becomes a task of the recruiter concerned. @param error what the last way said */
  tellRecruiter(row: LedgerRow, error?: string): Promise<void>;
}

export function makeTroubles({
  db,
  clock,
  desk,
  unreached,
}: {
  db: Pick<Database, 'candidates'>;
  clock: Pick<Clock, 'sleep'>;
  desk: () => Desk;
  /** The letter of an invite did not arrive. */
  unreached: (invite: string) => Promise<void>;
}): Troubles {
  const closeChannel = async ({ _id, candidate, to }: LedgerRow, reach: Way): Promise<void> => {
    if (reach.channel === 'desk' || reach.channel === 'source' || !candidate || !to || !('candidate' in to))
      return;
    const { channel, address } = reach;
    const event = {
      id: `blocked:${_id}:${channel}`,
      type: 'channelBlocked' as const,
      reach: { channel, address },
    };
    await untilReached(clock, () => desk().perform(candidate, event));
  };

  const tellRecruiter = async (row: LedgerRow, error?: string): Promise<void> => {
    const { candidate, to, _id: message } = row;
    if (to && 'invite' in to) return untilReached(clock, () => unreached(to.invite));
    // Of a broadcast the result says it; nobody is to ring ten thousand people.
    if (row.bulk || !candidate || !to || !('candidate' in to || 'source' in to)) return;
    const site = 'source' in to && {
      source: to.source,
      why: answerFaults.find((why) => why === error) ?? 'noAnswer',
    };
    // A question belongs to a talk rather than to an application: the one they are in now is the one concerned.
    const application = row.application ?? (await untilReached(clock, () => lastApplication(candidate)));
    if (!application) return;
    const event = {
      id: `undelivered:${message}`,
      type: 'undelivered' as const,
      application,
      by: 'bot',
      message,
      ...(site && { site }),
    };
    await untilReached(clock, () => desk().perform(candidate, event));
  };

  const lastApplication = async (candidate: string): Promise<string | undefined> =>
    (await followCard(db, candidate))?.applications.at(-1)?.id;

  return { closeChannel, tellRecruiter };
}
