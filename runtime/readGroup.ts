import type { Application, Candidate } from '../flows/candidate.ts';
import type { Group } from '../flows/groups/group.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';

/** One person of a group's list. */
export interface Listed {
  candidate: Candidate;
  application: Application;
  state: 'invited' | 'waiting' | 'booked' | 'confirmed' | 'declined' | 'came' | 'notCame';
}

/** A group with its vacancy and everybody who has to do with it, in the order of their names. */
export interface GroupFacts {
  group: Group;
  vacancy: Vacancy | undefined;
  people: Listed[];
  taken: number;
}

/** The group with this id as it stands now; undefined when there is none. */
export async function readGroup(db: Database, id: string): Promise<GroupFacts | undefined> {
  const group = await db.groups.findOne({ _id: id });
  return group ? (await readAll(db, [group]))[0] : undefined;
}

/** Groups with everybody in them, in the order given; one read for all of them. */
export async function readAll(db: Database, groups: Group[]): Promise<GroupFacts[]> {
  const ids = { $in: groups.map(({ _id }) => _id) };
  const [vacancies, found] = await Promise.all([
    db.vacancies.find({ _id: { $in: groups.map(({ vacancy }) => vacancy) } }).toArray(),
    db.candidates
      .find({
        $or: [
          { 'applications.group.id': ids },
          { 'applications.interview.group.id': ids },
          { 'applications.past.group.id': ids },
        ],
      })
      .toArray(),
  ]);
  return groups.map((group) => {
    const people = found
      .flatMap((candidate) =>
        candidate.applications.flatMap((application): Listed[] => {
          const state = stateOf(application, group._id);
          return state ? [{ candidate, application, state }] : [];
        }),
      )
      .sort((a, b) => (a.candidate.name ?? '').localeCompare(b.candidate.name ?? ''));
    const vacancy = vacancies.find(({ _id }) => _id === group.vacancy);
    return { group, vacancy, people, taken: people.filter(isIn).length };
  });
}

/** Does somebody have a place, or had one? */
export function isIn({ state }: Listed): boolean {
  return state !== 'invited' && state !== 'waiting' && state !== 'declined';
}

function stateOf({ group, interview, past = [] }: Application, id: string): Listed['state'] | undefined {
  const held = [interview, ...past].find((one) => one?.group?.id === id);
  if (held) {
    if (held.attendance) return held.attendance === 'came' ? 'came' : 'notCame';
    return held.reminders.some(({ confirmed }) => confirmed !== undefined) ? 'confirmed' : 'booked';
  }
  return group?.id === id ? group.state : undefined;
}
