import type { Application, Candidate, Interview } from '../../flows/candidate.ts';
import type { Group } from '../../flows/groups/group.ts';
import { hostOf } from '../../flows/groups/hostOf.ts';
import type { Database } from '../../models/database.ts';

/** Kinds of meetings, as they are told apart in the calendar. */
export const meetingKinds = ['phone', 'interview', 'group', 'client'] as const;
export type MeetingKind = (typeof meetingKinds)[number];

/** A meeting of the calendar: of one person, or a group's with how many come. */
export type Meeting = { at: number; kind: MeetingKind; members: string[]; vacancy: string } & (
  { person: Candidate; application: Application; interview: Interview } | { group: Group; taken: number }
);

/** What a `find` asks for whose interview, this one or one before, begins in a time. */
function within(from: number, until: number) {
  const range = { $gte: from, $lt: until };
  return {
    $or: [
      { applications: { $elemMatch: { 'interview.start': range } } },
      { applications: { $elemMatch: { past: { $elemMatch: { start: range } } } } },
    ],
  };
}

/** Every meeting that begins from `from` until before `until` (milliseconds of UTC), the earliest first. */
export async function readMeetings(db: Database, from: number, until: number): Promise<Meeting[]> {
  const [people, groups] = await Promise.all([
    db.candidates.find(within(from, until)).toArray(),
    db.groups.find({ start: { $gte: from, $lt: until }, cancelled: { $exists: false } }).toArray(),
  ]);
  const held = people.flatMap((person) =>
    person.applications.flatMap((application) =>
      [...(application.past ?? []), ...(application.interview ? [application.interview] : [])]
        .filter(({ start }) => start >= from && start < until)
        .map((interview) => ({ person, application, interview })),
    ),
  );
  const inGroup = (id: string) => held.filter(({ interview }) => interview.group?.id === id).length;
  return [
    ...held.filter(({ interview }) => !interview.group).map(meetingOf),
    ...groups.map((group): Meeting => {
      const { start: at, host, vacancy, _id } = group;
      return { at, kind: 'group', members: [host], vacancy, group, taken: inGroup(_id) };
    }),
  ].sort((a, b) => a.at - b.at);
}

function meetingOf(one: { person: Candidate; application: Application; interview: Interview }): Meeting {
  const { application, interview } = one;
  const members = [hostOf(interview), ...(application.recruiter ? [application.recruiter] : [])];
  return { ...one, at: interview.start, kind: kindOf(interview), members, vacancy: application.vacancy };
}

function kindOf({ kind, format }: Interview): MeetingKind {
  if (kind === 'client') return 'client';
  return format === 'phone' ? 'phone' : 'interview';
}
