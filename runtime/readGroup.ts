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
  if (!group) return undefined;
  const [vacancy, found] = await Promise.all([
    db.vacancies.findOne({ _id: group.vacancy }),
    db.candidates
      .find({
        $or: [
          { 'applications.group.id': id },
          { 'applications.interview.group.id': id },
          { 'applications.past.group.id': id },
        ],
      })
      .toArray(),
  ]);
  const people = found
    .flatMap((candidate) =>
      candidate.applications.flatMap((application): Listed[] => {
        const state = stateOf(application, id);
        return state ? [{ candidate, application, state }] : [];
      }),
    )
    .sort((a, b) => (a.candidate.name ?? '').localeCompare(b.candidate.name ?? ''));
  return { group, vacancy: vacancy ?? undefined, people, taken: people.filter(isIn).length };
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
