import { personName } from '../../flows/personName.ts';
import { DateTime } from 'luxon';
import type { Member } from '../../flows/member.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { type Meeting, meetingKinds, type MeetingKind, readMeetings } from '../../models/readMeetings.ts';
import type { BotDeps } from '../botDeps.ts';
import { pageButton } from '../pageButton.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { callParams, openCall } from './callItems.ts';
import { markOf } from './markOf.ts';
import { titleOf } from './titleOf.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';

/** How many meetings one screen shows; the rest is counted. */
const most = 30;

/** Which part of the calendar is looked at. */
export interface CalendarPage {
  /** A day of the week, as ISO date; unset: today. */
  week?: string;
  kind?: MeetingKind | undefined;
  /** Everybody's, which the head may see; else the member's own. */
  all?: boolean;
}

/** A week of meetings by day, with buttons for the weeks, the kinds, and whose they are. */
export async function drawCalendar(
  { db, clock, words, pages }: { db: Database; clock: Clock; words: Words } & Pick<BotDeps, 'pages'>,
  member: Member,
  page: CalendarPage,
): Promise<Rendered> {
  const said = speech(words, member);
  const { zone } = member;
  const asked = page.week ? DateTime.fromISO(page.week, { zone }) : undefined;
  const monday = (asked?.isValid ? asked : DateTime.fromMillis(clock.now(), { zone })).startOf('week');
  const all = page.all === true && member.role === 'head';
  const [meetings, vacancies] = await Promise.all([
    readMeetings(db, monday.toMillis(), monday.plus({ weeks: 1 }).toMillis()),
    vacanciesById(db),
  ]);
  const mine = meetings.filter(({ members }) => all || members.includes(member._id));
  const chosen = mine.filter(({ kind }) => page.kind === undefined || kind === page.kind);
  const shown = chosen.slice(0, most);
  const title = said.text('calendar.title', {
    from: { at: monday.toMillis(), as: 'day' },
    to: { at: monday.plus({ days: 6, hours: 12 }).toMillis(), as: 'day' },
    whose: { key: all ? 'calendar.everybody' : 'calendar.own' },
  });
  const rest = chosen.length - shown.length;
  const numbers = shown.map((meeting, index) =>
    said.button('staff.button.number', dataOf(meeting), { params: { number: index + 1 } }),
  );
  return {
    text: [
      title,
      ...(shown.length > 0 ? dayBlocks(said, shown, vacancies, zone) : [said.text('calendar.empty')]),
      ...(rest > 0 ? [said.text('calendar.more', { count: rest })] : []),
    ].join('\n\n'),
    buttons: [
      ...inRows(numbers, 6),
      ...turning(said, member, monday, { ...page, all }, mine),
      ...pageButton(said, atWeek(pages?.(member._id, 'calendar'), page.week)),
    ],
  };
}

/** The page opens where the chat is. */
function atWeek(url: string | undefined, week: string | undefined): string | undefined {
  return url !== undefined && week !== undefined ? `${url}?week=${week}` : url;
}

/** The meetings of each day under its name. */
function dayBlocks(
  said: Speech,
  meetings: Meeting[],
  vacancies: Map<string, Vacancy>,
  zone: string,
): string[] {
  const days = new Map<string, string[]>();
  for (const [index, meeting] of meetings.entries()) {
    const day = DateTime.fromMillis(meeting.at, { zone }).toISODate() ?? '';
    const title = said.text('calendar.day', { day: { at: meeting.at, as: 'weekday' } });
    days.set(day, [...(days.get(day) ?? [title]), lineOf(said, meeting, vacancies, index + 1)]);
  }
  return [...days.values()].map((lines) => lines.join('\n'));
}

function lineOf(said: Speech, meeting: Meeting, vacancies: Map<string, Vacancy>, number: number): string {
  const common = {
    number,
    time: { at: meeting.at, as: 'time' as const },
    kind: { key: `calendar.mark.${meeting.kind}` },
  };
  if ('call' in meeting) {
    const { kind: what, company } = callParams(meeting.call);
    const mark = meeting.call.result ? { key: 'clientCall.today.mark' } : '';
    return said.text('calendar.call', { ...common, what, company, mark });
  }
  if ('group' in meeting) {
    const { kind, places, vacancy } = meeting.group;
    const what = { key: `group.kind.${kind}` };
    const params = { ...common, what, vacancy: titleOf(vacancies, vacancy), taken: meeting.taken, places };
    return said.text('calendar.group', params);
  }
  return said.text('calendar.line', {
    ...common,
    vacancy: titleOf(vacancies, meeting.application.vacancy),
    name: personName(meeting.person).slice(0, 60),
    format: { key: `staff.format.${meeting.interview.format}` },
    mark: { key: `staff.today.mark.${markOf(meeting.interview)}` },
  });
}

function dataOf(meeting: Meeting): string {
  if ('call' in meeting) return openCall(meeting.call);
  return 'group' in meeting ? `u:open:${meeting.group._id}` : `s:card:${meeting.application.id}`;
}

/** The weeks before and after, the kinds with how many there are, and whose meetings are shown. */
function turning(
  said: Speech,
  member: Member,
  monday: DateTime,
  { kind, all }: CalendarPage,
  mine: Meeting[],
): Rendered['buttons'] {
  const data = (week: DateTime, of: MeetingKind | undefined, everybody: boolean) =>
    `cal:${week.toISODate() ?? ''}:${of ?? 'any'}:${everybody ? 'all' : 'own'}`;
  const everybody = all === true;
  const kinds = [undefined, ...meetingKinds].map((one) => {
    const count = mine.filter((meeting) => one === undefined || meeting.kind === one).length;
    const params = { name: { key: `calendar.kind.${one ?? 'any'}` }, count };
    const style = one === kind ? { style: 'primary' as const } : {};
    return said.button('calendar.button.kind', data(monday, one, everybody), { params, ...style });
  });
  return [
    ...inRows(kinds, 3),
    [
      said.button('calendar.button.before', data(monday.minus({ weeks: 1 }), kind, everybody)),
      said.button('calendar.button.now', `cal:now:${kind ?? 'any'}:${everybody ? 'all' : 'own'}`),
      said.button('calendar.button.after', data(monday.plus({ weeks: 1 }), kind, everybody)),
    ],
    ...(member.role === 'head'
      ? [[said.button(`calendar.button.${everybody ? 'own' : 'everybody'}`, data(monday, kind, !everybody))]]
      : []),
  ];
}
