import type { ClientCall } from '../flows/clientCalls/clientCall.ts';
import type { Application, Candidate, Interview } from '../flows/candidate.ts';
import type { Group } from '../flows/groups/group.ts';
import { hostOf } from '../flows/groups/hostOf.ts';
import type { Database } from './database.ts';

/** Kinds of meetings, as they are told apart in the calendar. */
export const meetingKinds = ['phone', 'interview', 'group', 'client', 'call'] as const;
export type MeetingKind = (typeof meetingKinds)[number];

/** A meeting of the calendar: of one person, a group's with how many come, or a call with a client. */
export type Meeting = { at: number; kind: MeetingKind; members: string[] } & (
  | { person: Candidate; application: Application; interview: Interview }
  | { group: Group; taken: number }
  | { call: ClientCall }
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
export async function readMeetings(
  db: Pick<Database, 'candidates' | 'groups' | 'clientCalls'>,
  from: number,
  until: number,
): Promise<Meeting[]> {
  const standing = { start: { $gte: from, $lt: until }, cancelled: { $exists: false } };
  const [people, groups, calls] = await Promise.all([
    db.candidates.find(within(from, until)).toArray(),
    db.groups.find(standing).toArray(),
    db.clientCalls.find(standing).toArray(),
  ]);
  const interviews = people.flatMap((person) =>
    person.applications.flatMap((application) =>
      [...(application.past ?? []), ...(application.interview ? [application.interview] : [])]
        .filter(({ start }) => start >= from && start < until)
        .map((interview) => ({ person, application, interview })),
    ),
  );
  const inGroup = (id: string) => interviews.filter(({ interview }) => interview.group?.id === id).length;
  return [
    ...interviews.filter(({ interview }) => !interview.group).map(meetingOf),
    ...groups.map((group): Meeting => {
      const { start: at, host, _id } = group;
      return { at, kind: 'group', members: [host], group, taken: inGroup(_id) };
    }),
    ...calls.map((call): Meeting => {
      const members = [call.manager, ...(call.lead ? [call.lead] : [])];
      return { at: call.start, kind: 'call', members, call };
    }),
  ].sort((a, b) => a.at - b.at);
}

function meetingOf(one: { person: Candidate; application: Application; interview: Interview }): Meeting {
  const { application, interview } = one;
  const members = [hostOf(interview), ...(application.recruiter ? [application.recruiter] : [])];
  return { ...one, at: interview.start, kind: kindOf(interview), members };
}

function kindOf({ kind, format }: Interview): MeetingKind {
  if (kind === 'client') return 'client';
  return format === 'phone' ? 'phone' : 'interview';
}
