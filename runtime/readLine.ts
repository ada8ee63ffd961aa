import type { Candidate } from '../flows/candidate.ts';
import type { FreeSlot } from '../flows/facts.ts';
import { isComing } from '../flows/groups/group.ts';
import { placeInGroupLine } from '../flows/groups/placeInGroupLine.ts';
import { groupOfSeat } from '../flows/groups/seat.ts';
import { earlierInLine, placeInLine } from '../flows/line/placeInLine.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { readSeats } from '../models/groups.ts';
import type { OpeningRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import type { FactReader } from './readFacts.ts';
import { readFree } from './readFree.ts';

/** Who may be offered a window now, in their order; and whether others may be later. */
export interface InLine {
  ready: { candidate: string; application: string }[];
  later: boolean;
}

/** The windows of one interviewer, or the places of one group. */
interface Wanted {
  free: Set<string>;
  /** Those who may want one, and a few more. */
  people: () => Promise<Candidate[]>;
  place: typeof placeInLine;
}

/**
 * The line for each of many windows. What it rests on is read once for all windows of an interviewer: at midnight there are
 * some hundred new ones, and nobody waits for most. So it holds until somebody is offered one of them.
 *
 * @param openings the earliest first
 */
export async function readLine(
  deps: { db: Database; clock: Clock; policy: Policy; reader: Pick<FactReader, 'members' | 'groups'> },
  openings: OpeningRow[],
  open: Vacancy[],
): Promise<(opening: OpeningRow) => Promise<InLine>> {
  const { db, clock, policy } = deps;
  const rows = await db.slots.find({ _id: { $in: openings.map(({ _id }) => _id) } }).toArray();
  const held = new Map(rows.map(({ _id, until }) => [_id, until ?? Infinity]));
  const known = new Map<string, Promise<Wanted | undefined>>();

  const toGroup = async (id: string): Promise<Wanted | undefined> => {
    const group = await db.groups.findOne({ _id: id });
    if (!group || !isComing(group, clock.now())) return undefined;
    return wanted(await readSeats(db, group, clock.now()), { 'applications.group.id': id }, placeInGroupLine);
  };

  const toInterviewer = async (id: string): Promise<Wanted | undefined> => {
    const vacancies = open.filter(({ interviewers }) => interviewers.includes(id));
    const [first] = vacancies;
    if (!first) return undefined;
    const { reader } = deps;
    const free = await readFree(
      db,
      policy,
      first,
      await reader.members(),
      await reader.groups(),
      clock.now(),
    );
    const ids = new Set(vacancies.map(({ _id }) => _id));
    const earliest = openings[0]?.start ?? 0;
    return wanted(free, waitingFor(earliest, [...ids], policy), (person, application, ...rest) =>
      ids.has(application.vacancy) ? placeInLine(person, application, ...rest) : 'no',
    );
  };

  const wanted = (
    free: FreeSlot[],
    where: Parameters<Database['candidates']['find']>[0],
    place: Wanted['place'],
  ): Wanted => {
    let people: Promise<Candidate[]> | undefined;
    return {
      free: new Set(free.map(({ interviewer, start }) => `${interviewer}:${start}`)),
      people: () => (people ??= db.candidates.find(where).toArray()),
      place,
    };
  };

  return async (opening) => {
    const until = held.get(opening._id) ?? 0;
    // It is being offered to somebody: let go, it comes up again.
    if (until > clock.now() && until < Infinity) return { ready: [], later: true };
    if (until === Infinity || opening.start <= clock.now()) return { ready: [], later: false };
    const group = groupOfSeat(opening.interviewer);
    const whose = group ?? opening.interviewer;
    const reading = known.get(whose) ?? (group ? toGroup(group) : toInterviewer(whose));
    known.set(whose, reading);
    const line = await reading;
    if (!line?.free.has(opening._id)) return { ready: [], later: false };
    const places = (await line.people()).flatMap((person) =>
      person.applications.map((application) => ({
        candidate: person._id,
        application: application.id,
        place: line.place(person, application, opening, policy, clock.now()),
      })),
    );
    const ready = places.flatMap(({ place: at, ...who }) => (typeof at === 'string' ? [] : [{ ...who, at }]));
    return {
      ready: ready.sort((a, b) => earlierInLine(a.at, b.at)),
      later: places.some(({ place: at }) => at === 'later'),
    };
  };
}

/** Who may stand in the line for windows from then on: those who asked, and those whose interview is far after it. */
function waitingFor(
  earliest: number,
  vacancies: string[],
  { line }: Policy,
): Parameters<Database['candidates']['find']>[0] {
  const vacancy = { $in: vacancies };
  const stage = { $in: ['invited' as const, 'interview' as const] };
  const asked = { applications: { $elemMatch: { vacancy, stage, waiting: { $exists: true } } } };
  if (line.farHours === 0) return asked;
  const after = { $gte: earliest + line.farHours * 3_600_000 };
  const far = {
    applications: { $elemMatch: { vacancy, stage: 'interview' as const, 'interview.start': after } },
  };
  return { $or: [asked, far] };
}
