import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { freeSlots } from '../flows/freeSlots.ts';
import { earlierInLine, placeInLine } from '../flows/line/placeInLine.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { openWindows } from '../models/openWindows.ts';
import type { OpeningRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { FactReader } from './readFacts.ts';
import { readFree } from './readFree.ts';

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
/** How old what is known of the working hours may be before new days are looked for, in milliseconds. */
const daysEvery = 3_600_000;

const hours = z.object({
  week: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
  off: z.array(z.string()),
  buffer: z.number(),
});
const knownShape = z.object({
  at: z.number(),
  minutes: z.number(),
  daysAhead: z.number(),
  who: z.array(z.object({ _id: z.string(), zone: z.string(), hours })),
});
type Known = z.infer<typeof knownShape>;

/**
 * The line itself is kept nowhere: who waits stands with their application, what is free among the windows. So a crash
 * anywhere loses nothing, and the next look goes on.
 */
export function makeLine(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  reader: Pick<FactReader, 'members'>;
  desk: Desk;
  log: (line: object) => void;
}): Line {
  const { db, clock, policy, reader, desk, log } = deps;
  const seen = new Map<string, Known>();
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
      try {
        const vacancies = await db.vacancies.find({ status: 'open' }).toArray();
        for (const vacancy of vacancies) await notice(vacancy);
        const openings = await db.openings.find().sort({ start: 1 }).limit(most).toArray();
        for (const opening of openings) if (!stopped) await offer(opening, vacancies);
      } catch (error) {
        log({ level: 'error', line: error instanceof Error ? error.stack : String(error) });
      }
    }
  };

  /** What the working hours have opened since the last look: changed hours, another interviewer, a new day. */
  const notice = async ({ _id, interviewers }: Vacancy): Promise<void> => {
    const { slot } = policy;
    const who = (await reader.members())
      .filter((member) => member.active && interviewers.includes(member._id))
      .map(({ _id: id, zone, hours: worked }) => ({ _id: id, zone, hours: worked }));
    const now: Known = { at: clock.now(), minutes: slot.minutes, daysAhead: slot.daysAhead, who };
    const before = seen.get(_id) ?? (await readKnown(_id));
    if (before && isDeepStrictEqual({ ...before, at: now.at }, now) && now.at - before.at < daysEvery) {
      seen.set(_id, before);
      return;
    }
    if (before) {
      const none = new Map<string, number[]>();
      const old = freeSlots(before.who, none, { ...slot, ...before }, before.at);
      const known = new Set(old.map(({ interviewer, start }) => `${interviewer}:${start}`));
      const opened = freeSlots(who, none, slot, now.at).filter(
        ({ interviewer, start }) => !known.has(`${interviewer}:${start}`),
      );
      await openWindows(db, opened, now.at);
    }
    await db.settings.updateOne({ _id: `line:${_id}` }, { $set: { value: now } }, { upsert: true });
    seen.set(_id, now);
  };

  const readKnown = async (vacancy: string): Promise<Known | undefined> => {
    const row = await db.settings.findOne({ _id: `line:${vacancy}` });
    return knownShape.safeParse(row?.value).data;
  };

  /** Offer a window to the next in the line; forget it when it is taken, or nobody is left to ask. */
  const offer = async (opening: OpeningRow, open: Vacancy[]): Promise<void> => {
    const { interviewer, start } = opening;
    const forget = () => db.openings.deleteOne({ _id: opening._id, at: opening.at });
    const vacancies = open.filter(({ interviewers }) => interviewers.includes(interviewer));
    const [first] = vacancies;
    const held = await db.slots.findOne({ _id: opening._id });
    // It is being offered to somebody: let go, it comes up again.
    if (held?.until !== undefined && held.until > clock.now()) return;
    const taken = held !== null && held.until === undefined;
    if (!first || taken || start <= clock.now()) return void (await forget());
    const free = await readFree(db, policy, first, await reader.members(), clock.now());
    if (!free.some((slot) => slot.interviewer === interviewer && slot.start === start))
      return void (await forget());
    const { ready, later } = await inLine(opening, vacancies);
    for (const { candidate, application } of ready) {
      const id = `offer:${application}:${opening._id}:${opening.at}`;
      const event = { id, type: 'offerWindow' as const, application, by: 'bot', interviewer, start };
      if (!(await desk.perform(candidate, event)).ok) continue;
      const person = await db.candidates.findOne({ _id: candidate });
      if (person?.applications.find((one) => one.id === application)?.offer?.start === start) return;
    }
    if (later === 0) await forget();
  };

  /** Who may be offered it now, in their order; and how many more may be later. */
  const inLine = async (
    window: OpeningRow,
    vacancies: Vacancy[],
  ): Promise<{ ready: { candidate: string; application: string }[]; later: number }> => {
    const people = await db.candidates.find(waitingFor(window, vacancies, policy)).toArray();
    const places = people.flatMap((person) =>
      person.applications
        .filter(({ vacancy }) => vacancies.some(({ _id }) => _id === vacancy))
        .map((application) => ({
          candidate: person._id,
          application: application.id,
          place: placeInLine(person, application, window, policy, clock.now()),
        })),
    );
    const ready = places.flatMap(({ place, ...who }) =>
      typeof place === 'string' ? [] : [{ ...who, place }],
    );
    return {
      ready: ready.sort((a, b) => earlierInLine(a.place, b.place)),
      later: places.filter(({ place }) => place === 'later').length,
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
function waitingFor({ start }: OpeningRow, vacancies: Vacancy[], { line }: Policy) {
  const vacancy = { $in: vacancies.map(({ _id }) => _id) };
  const stage = { $in: ['invited' as const, 'interview' as const] };
  const asked = { applications: { $elemMatch: { vacancy, stage, waiting: { $exists: true } } } };
  if (line.farHours === 0) return asked;
  const after = { $gte: start + line.farHours * 3_600_000 };
  const far = {
    applications: { $elemMatch: { vacancy, stage: 'interview' as const, 'interview.start': after } },
  };
  return { $or: [asked, far] } satisfies Filter;
}

type Filter = Parameters<Database['candidates']['find']>[0];
