import type { Candidate } from '../flows/candidate.ts';
import type { FreeSlot } from '../flows/facts.ts';
import { isComing } from '../flows/groups/group.ts';
import { placeInGroupLine } from '../flows/groups/placeInGroupLine.ts';
import { groupOfSeat } from '../flows/groups/seat.ts';
import { earlierInLine, placeInLine } from '../flows/line/placeInLine.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import { followCard } from '../models/followCard.ts';
import { readGroups, readSeats } from '../models/groups.ts';
import type { OpeningRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { makeNotice } from './noticeWindows.ts';
import type { FactReader } from './readFacts.ts';
import { readFree } from './readFree.ts';
import { tellGroups } from './tellGroups.ts';

/** Sees that each window that becomes free is offered down the line of those who wait, one by one. */
export interface Line {
  /** Look soon, and once more when it is being looked just now. */
  look(): void;
  /** 1 while it looks. */
  size(): number;
  stop(): Promise<void>;
}

/** How many freed windows are gone through at one look, the earliest first. */
const most = 200;

/** Those who may want a window: how they are found, and where each stands. */
interface Wanted {
  where: Parameters<Database['candidates']['find']>[0];
  place: typeof placeInLine;
}

/**
 * The line itself is kept nowhere: who waits stands with their application, what is free among the windows. So a crash
 * anywhere loses nothing, and the next look goes on.
 */
export function makeLine(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  reader: Pick<FactReader, 'members' | 'forget'>;
  desk: Desk;
  log: (line: object) => void;
}): Line {
  const { db, clock, policy, reader, desk, log } = deps;
  const notice = makeNotice(deps);
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const look = (): void => {
    if (stopped) return;
    again = true;
    looking ??= run().finally(() => (looking = undefined));
  };

  const run = async (): Promise<void> => {
    while (again && !stopped) {
      again = false;
      for (const work of [() => tellGroups(deps), openSeats, offerAll])
        await work().catch((error: unknown) =>
          log({ level: 'error', line: error instanceof Error ? error.stack : String(error) }),
        );
    }
  };

  const offerAll = async (): Promise<void> => {
    const vacancies = await db.vacancies.find({ status: 'open' }).toArray();
    await notice(vacancies);
    const openings = await db.openings.find().sort({ start: 1 }).limit(most).toArray();
    for (const opening of openings) if (!stopped) await offer(opening, vacancies);
  };

  /** A place that was let go just before somebody began to wait for one. */
  const openSeats = async (): Promise<void> => {
    const now = clock.now();
    const groups = (await readGroups(db, now)).filter((group) => isComing(group, now));
    if (groups.length === 0) return;
    const people = await db.candidates
      .find({ 'applications.group.id': { $in: groups.map(({ _id }) => _id) } })
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
  };

  /** Offer a window to the next in the line; forget it when it is taken, or nobody is left to ask. */
  const offer = async (opening: OpeningRow, open: Vacancy[]): Promise<void> => {
    const { interviewer, start } = opening;
    const held = await db.slots.findOne({ _id: opening._id });
    // It is being offered to somebody: let go, it comes up again.
    if (held?.until !== undefined && held.until > clock.now()) return;
    const wanted = held && held.until === undefined ? undefined : await wantedFor(opening, open);
    const { ready, later } = wanted ? await inLine(opening, wanted) : { ready: [], later: false };
    for (const { candidate, application } of ready) {
      const id = `offer:${application}:${opening._id}:${opening.at}`;
      const event = { id, type: 'offerWindow' as const, application, by: 'bot', interviewer, start };
      if (!(await desk.perform(candidate, event)).ok) continue;
      const person = await followCard(db, candidate);
      if (person?.applications.find((one) => one.id === application)?.offer?.start === start) return;
    }
    if (!later) await db.openings.deleteOne({ _id: opening._id, at: opening.at });
  };

  /** Who may want it; undefined when nobody can have it. */
  const wantedFor = async (
    { interviewer, start }: OpeningRow,
    open: Vacancy[],
  ): Promise<Wanted | undefined> => {
    const now = clock.now();
    if (start <= now) return undefined;
    const isFree = (free: FreeSlot[]) =>
      free.some((slot) => slot.interviewer === interviewer && slot.start === start);
    const id = groupOfSeat(interviewer);
    if (id !== undefined) {
      const group = await db.groups.findOne({ _id: id });
      if (!group || !isComing(group, now) || !isFree(await readSeats(db, group, now))) return undefined;
      return { where: { 'applications.group.id': id }, place: placeInGroupLine };
    }
    const vacancies = open.filter(({ interviewers }) => interviewers.includes(interviewer));
    const [first] = vacancies;
    if (!first || !isFree(await readFree(db, policy, first, await reader.members(), now))) return undefined;
    const ids = new Set(vacancies.map(({ _id }) => _id));
    return {
      where: waitingFor(start, [...ids], policy),
      place: (person, application, ...rest) =>
        ids.has(application.vacancy) ? placeInLine(person, application, ...rest) : 'no',
    };
  };

  /** Who may be offered it now, in their order; and whether others may be later. */
  const inLine = async (
    window: OpeningRow,
    { where, place }: Wanted,
  ): Promise<{ ready: { candidate: string; application: string }[]; later: boolean }> => {
    const people = await db.candidates.find(where).toArray();
    const places = people.flatMap((person: Candidate) =>
      person.applications.map((application) => ({
        candidate: person._id,
        application: application.id,
        place: place(person, application, window, policy, clock.now()),
      })),
    );
    const ready = places.flatMap(({ place: at, ...who }) => (typeof at === 'string' ? [] : [{ ...who, at }]));
    return {
      ready: ready.sort((a, b) => earlierInLine(a.at, b.at)),
      later: places.some(({ place: at }) => at === 'later'),
    };
  };

  return {
    look,
    size: () => (looking ? 1 : 0),
    stop: async () => {
      stopped = true;
      await looking;
    },
  };
}

/** Who may stand in the line for a window: those who asked, and those whose interview is far after it. */
function waitingFor(start: number, vacancies: string[], { line }: Policy): Wanted['where'] {
  const vacancy = { $in: vacancies };
  const stage = { $in: ['invited' as const, 'interview' as const] };
  const asked = { applications: { $elemMatch: { vacancy, stage, waiting: { $exists: true } } } };
  if (line.farHours === 0) return asked;
  const after = { $gte: start + line.farHours * 3_600_000 };
  const far = {
    applications: { $elemMatch: { vacancy, stage: 'interview' as const, 'interview.start': after } },
  };
  return { $or: [asked, far] };
}
