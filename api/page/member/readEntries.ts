import { DateTime } from 'luxon';
import type { Member } from '../../../flows/member.ts';
import type { Vacancy } from '../../../flows/vacancy.ts';
import { type Meeting, meetingKinds, readMeetings } from '../../../models/readMeetings.ts';
import { readStartDays, type StartDay } from '../../../models/readStartDays.ts';
import { vacanciesById } from '../../../models/vacanciesById.ts';
import type { PageDeps } from '../pageDeps.ts';
import type { Say } from './say.ts';

/** What stands in the calendar, as it is told apart: by a colour and by a word. */
export const entryKinds = [...meetingKinds, 'start'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** One thing of a week. */
export interface Entry {
  kind: EntryKind;
  /** ISO date in the reader's zone; of a first day at work, where it was said. */
  day: string;
  /** When it begins, in milliseconds of UTC, and how many minutes it lasts; unset: the whole day. */
  time?: { at: number; minutes: number };
  /** Members whose it is. */
  members: string[];
  title: string;
  detail: string;
  /** What opens it in the chat. */
  payload?: string;
}

/**
 * What a member may see of the week that begins on `monday`, in order: the head everybody's, a recruiter their own, a
 * client what belongs to their vacancies. Of a candidate a name, and never a contact.
 */
export async function readEntries(
  { db, policy }: Pick<PageDeps, 'db' | 'policy'>,
  member: Member,
  say: Say,
  monday: DateTime,
): Promise<Entry[]> {
  const until = monday.plus({ weeks: 1 });
  const [meetings, starts, vacancies] = await Promise.all([
    readMeetings(db, monday.toMillis(), until.toMillis()),
    // Days of the agency's zone, of which a part may lie in the reader's week.
    readStartDays(db, monday.minus({ days: 1 }).toMillis(), until.plus({ days: 1 }).toMillis()),
    vacanciesById(db),
  ]);
  const days = Array.from({ length: 7 }, (_none, index) => monday.plus({ days: index }).toISODate());
  const own = (vacancy: string) => vacancies.get(vacancy)?.client === member._id;
  return [
    ...starts
      .filter(({ application }) => sees(member, [application.recruiter], own(application.vacancy)))
      .map(startOf),
    ...meetings.filter((meeting) => sees(member, meeting.members, isTheirs(meeting))).map(meetingOf),
  ].filter(({ day }) => days.includes(day));

  function isTheirs(meeting: Meeting): boolean {
    if ('call' in meeting) return meeting.call.client === member._id;
    return own('group' in meeting ? meeting.group.vacancy : meeting.application.vacancy);
  }

  function startOf({ person, application, at }: StartDay): Entry {
    return {
      kind: 'start',
      day: dayIn(policy.zone, at),
      members: application.recruiter === undefined ? [] : [application.recruiter],
      title: nameOf(person),
      detail: titleOf(application.vacancy),
      payload: `card_${application.id}`,
    };
  }

  function meetingOf(meeting: Meeting): Entry {
    const { at, kind, members } = meeting;
    const common = { kind, day: dayIn(member.zone, at), members };
    const { slot, clientCalls } = policy;
    if ('call' in meeting) {
      const { call } = meeting;
      const detail = say(`clientCall.kind.${call.kind}`);
      return {
        ...common,
        time: { at, minutes: clientCalls.minutes },
        title: call.company,
        detail,
        payload: `call_${call._id}`,
      };
    }
    if ('group' in meeting) {
      const { group, taken } = meeting;
      return {
        ...common,
        time: { at, minutes: group.minutes },
        title: say(`group.kind.${group.kind}`),
        detail: say('memberPage.calendar.places', {
          vacancy: titleOf(group.vacancy),
          taken,
          places: group.places,
        }),
        payload: `group_${group._id}`,
      };
    }
    const { person, application, interview } = meeting;
    const format = say(`staff.format.${interview.format}`);
    return {
      ...common,
      time: { at, minutes: slot.minutes },
      title: nameOf(person),
      detail: `${titleOf(application.vacancy)}, ${format}`,
      payload: `card_${application.id}`,
    };
  }

  function titleOf(id: string): string {
    const vacancy: Vacancy | undefined = vacancies.get(id);
    return vacancy ? say.label({ words: vacancy.title }) : '—';
  }
}

/** @param theirs does it belong to a vacancy of theirs, or is it a call with them? */
function sees({ _id, role }: Member, members: (string | undefined)[], theirs: boolean): boolean {
  if (role === 'client') return theirs;
  return role === 'head' || members.includes(_id);
}

/** As much of a name as there is room for. */
function nameOf({ name }: { name?: string }): string {
  return (name ?? '—').slice(0, 100);
}

function dayIn(zone: string, at: number): string {
  return DateTime.fromMillis(at, { zone }).toISODate() ?? '';
}
