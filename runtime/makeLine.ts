import { isComing } from '../flows/groups/group.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import { followCard } from '../models/followCard.ts';
import { readSeats } from '../models/groups.ts';
import type { OpeningRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { makeResting } from './makeResting.ts';
import { makeNotice } from './noticeWindows.ts';
import type { FactReader } from './readFacts.ts';
import { type InLine, readLine } from './readLine.ts';
import { tellGroups } from './tellGroups.ts';

/** Sees that each window that becomes free is offered down the line of those who wait, one by one. */
export interface Line {
  /** Look soon, and once more when it is being looked just now. */
  look(): void;
  /** Somebody waits for a place of a group: the next look is for one that was let go just before, too. */
  waits(): void;
  /** 1 while it looks. */
  size(): number;
  stop(): Promise<void>;
}

/** How many freed windows are gone through at one look, the earliest first. */
const most = 200;

/**
 * The line itself is kept nowhere: who waits stands with their application, what is free among the windows. So a crash
 * anywhere loses nothing, and the next look goes on.
 */
export function makeLine(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  reader: Pick<FactReader, 'members' | 'vacancies' | 'groups'>;
  desk: Desk;
  /** The only product on this database: nobody else lets windows go, or begins to wait for one. */
  alone: boolean;
  log: (line: object) => void;
}): Line {
  const { db, clock, desk, log } = deps;
  const notice = makeNotice(deps);
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const waiting = { writes: { count: 0 } };
  const resting = makeResting(clock, deps.alone);

  const look = (): void => {
    if (stopped) return;
    again = true;
    looking ??= run().finally(() => (looking = undefined));
  };

  const run = async (): Promise<void> => {
    while (again && !stopped) {
      again = false;
      for (const part of parts) await part().catch(complain);
    }
  };

  /** A part of a look that fails is no reason to leave out the others. */
  const complain = (error: unknown): void =>
    log({ level: 'error', line: error instanceof Error ? error.stack : String(error) });

  const openVacancies = async () => (await deps.reader.vacancies()).filter(({ status }) => status === 'open');
  const tellAll = () => tellGroups(deps).then(() => true);
  const noticeAll = async () => notice(await openVacancies()).then(() => true);

  /** @returns whether no window was free */
  const offerAll = async (): Promise<boolean> => {
    const openings = await db.openings.find().sort({ start: 1 }).limit(most).toArray();
    const over: OpeningRow[] = [];
    let seen: Awaited<ReturnType<typeof readLine>> | undefined;
    for (const opening of openings) {
      if (stopped) break;
      seen ??= await readLine(deps, openings, await openVacancies());
      const { ready, later } = await seen(opening);
      // Whom it was offered to, and what is held for them, stands otherwise than was seen.
      if (ready.length > 0) seen = undefined;
      if (!(await offer(opening, ready)) && !later) over.push(opening);
    }
    await forget(over);
    return openings.length === 0;
  };

  /**
   * A place that was let go just before somebody began to wait for one.
   *
   * @returns whether nobody waits for a place
   */
  const openSeats = async (): Promise<boolean> => {
    const now = clock.now();
    const groups = (await deps.reader.groups()).filter((group) => isComing(group, now));
    if (groups.length === 0) return true;
    const people = await db.candidates
      .find({
        'applications.group.id': { $in: groups.map(({ _id }) => _id) },
        'applications.group.state': 'waiting',
      })
      .toArray();
    const waited = new Set(
      people.flatMap(({ applications }) =>
        applications.flatMap(({ group }) => (group?.state === 'waiting' ? [group.id] : [])),
      ),
    );
    for (const group of groups.filter(({ _id }) => waited.has(_id))) {
      const free = await readSeats(db, group, now);
      const rows = free.map((seat) => ({ _id: `${seat.interviewer}:${seat.start}`, ...seat, at: now }));
      await insertNew(db.openings, rows);
    }
    return waited.size === 0;
  };

  /** Offer a window to the first in the line who may have it. @returns whether somebody was asked */
  const offer = async (
    { _id, at, interviewer, start }: OpeningRow,
    ready: InLine['ready'],
  ): Promise<boolean> => {
    for (const { candidate, application } of ready) {
      const id = `offer:${application}:${_id}:${at}`;
      const event = { id, type: 'offerWindow' as const, application, by: 'bot', interviewer, start };
      if (!(await desk.perform(candidate, event)).ok) continue;
      const person = await followCard(db, candidate);
      if (person?.applications.find((one) => one.id === application)?.offer?.start === start) return true;
    }
    return false;
  };

  /** They are taken, or nobody is left to ask; one that was let go again meanwhile begins anew. */
  const forget = async (openings: OpeningRow[]): Promise<void> => {
    if (openings.length === 0) return;
    await db.openings.bulkWrite(
      openings.map(({ _id, at }) => ({ deleteOne: { filter: { _id, at } } })),
      { ordered: false },
    );
  };

  const parts = [
    resting(tellAll, db.groups),
    resting(noticeAll, db.vacancies, db.members),
    resting(openSeats, db.groups, waiting),
    resting(offerAll, db.openings),
  ];

  return {
    look,
    waits: () => void (waiting.writes.count += 1),
    size: () => (looking ? 1 : 0),
    stop: async () => {
      stopped = true;
      await looking;
    },
  };
}
