import { personName } from '../../flows/personName.ts';
import { DateTime } from 'luxon';
import type { Params } from '../../flows/effect.ts';
import { type Group, isComing } from '../../flows/groups/group.ts';
import { mayChange } from '../../flows/groups/mayChange.ts';
import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import { readGroups } from '../../models/groups.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type GroupFacts, isIn, type Listed, readAll, readGroup } from '../../runtime/readGroup.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { inRows, type Speech, speech } from '../speech.ts';

export type GroupDeps = { db: Database; clock: Clock; words: Words };

/** How many groups a list shows, and how many people a screen. */
const mostGroups = 10;
const mostPeople = 30;
export const perPage = 8;

/** The groups that are to come, and today's; each opens by its number. */
export async function drawGroups({ db, clock, words }: GroupDeps, member: Member): Promise<Rendered> {
  const said = speech(words, member);
  const today = DateTime.fromMillis(clock.now(), { zone: member.zone }).startOf('day').toMillis();
  const groups = (await readGroups(db, clock.now()))
    .filter(({ start, cancelled }) => start >= today && cancelled === undefined)
    .slice(0, mostGroups);
  const shown = await readAll(db, groups);
  const lines = shown.map((one, index) => {
    const waiting = one.people.filter(({ state }) => state === 'waiting').length;
    return said.text('group.staff.line', {
      ...paramsOf(one),
      number: index + 1,
      waiting: waiting > 0 ? { key: 'group.staff.waiting', params: { count: waiting } } : '',
    });
  });
  const numbers = shown.map(({ group }, index) =>
    said.button('staff.button.number', `u:open:${group._id}`, { params: { number: index + 1 } }),
  );
  return {
    text: [
      said.text('group.staff.title'),
      ...(lines.length > 0 ? lines : [said.text('group.staff.none')]),
    ].join('\n\n'),
    buttons: [
      ...inRows(numbers, 5),
      [
        said.button('group.staff.newInterview', 'u:make:interview'),
        said.button('group.staff.newTraining', 'u:make:training'),
      ],
    ],
  };
}

/** One group: what, when, where, who; with what its host may do. */
export async function drawGroup(deps: GroupDeps, member: Member, id: string): Promise<Rendered | undefined> {
  const { db, clock, words } = deps;
  const said = speech(words, member);
  const facts = await readGroup(db, id);
  if (!facts) return undefined;
  const { group, people } = facts;
  const host = await db.members.findOne({ _id: group.host });
  const shown = people.slice(0, mostPeople);
  const lines = [
    said.text('group.staff.card', { ...paramsOf(facts), host: host?.name ?? '—' }),
    ...(group.cancelled === undefined ? [] : [said.text('group.staff.off')]),
    '',
    ...(people.length === 0
      ? [said.text('group.staff.nobody')]
      : shown.map((one, index) => personLine(said, one, index + 1))),
    ...(people.length > shown.length
      ? [said.text('group.staff.more', { count: people.length - shown.length })]
      : []),
  ];
  return { text: lines.join('\n'), buttons: groupButtons(said, member, group, clock.now()) };
}

function groupButtons(said: Speech, member: Member, group: Group, now: number): Rendered['buttons'] {
  const button = (verb: string, style?: 'success' | 'danger') =>
    said.button(`group.staff.button.${verb}`, `u:${verb}:${group._id}`, { style });
  const coming = isComing(group, now);
  const all = said.button('group.staff.button.all', 'u:all');
  if (group.cancelled !== undefined) return [[all]];
  const changes = mayChange(member, group);
  return [
    ...(coming ? [[button('add', 'success')]] : [[button('attendance', 'success')]]),
    ...(changes ? [[button('message'), button('note')]] : []),
    ...(changes && coming ? [[button('places'), button('move')], [button('cancel', 'danger')]] : []),
    [all],
  ];
}

/** Everybody with a place, each with two buttons: came, did not. Pressed again, it is only drawn anew. */
export async function drawAttendance(
  { db, words }: GroupDeps,
  member: Member,
  id: string,
  page: number,
): Promise<Rendered | undefined> {
  const said = speech(words, member);
  const facts = await readGroup(db, id);
  if (!facts) return undefined;
  const people = facts.people.filter(isIn);
  const marked = people.filter(({ state }) => state === 'came' || state === 'notCame').length;
  const shown = people.slice(page * perPage, (page + 1) * perPage);
  const title = said.text('group.staff.attendanceTitle', {
    ...paramsOf(facts),
    marked,
    count: people.length,
  });
  const lines = shown.map((one, index) => personLine(said, one, page * perPage + index + 1));
  const rows = shown.map(({ candidate, application, state }) => {
    const params = { name: personName(candidate).slice(0, 25) };
    const data = (verb: string) => `u:${verb}:${id}:${application.id}:${page}`;
    return [
      said.button('group.staff.button.came', data('came'), {
        params,
        ...(state === 'came' && { style: 'success' }),
      }),
      said.button('group.staff.button.missed', data('missed'), {
        params,
        ...(state === 'notCame' && { style: 'danger' }),
      }),
    ];
  });
  return {
    text: [title, '', ...(lines.length > 0 ? lines : [said.text('group.staff.nobody')])].join('\n'),
    buttons: [...rows, ...turning(said, `u:attendance:${id}`, page, people.length), [toGroup(said, id)]],
  };
}

/** Back to the group's screen. */
export function toGroup(said: Speech, id: string) {
  return said.button('group.staff.button.group', `u:open:${id}`);
}

/** Buttons to the pages before and after, when there are any. */
export function turning(said: Speech, data: string, page: number, count: number): Rendered['buttons'] {
  const row = [
    ...(page > 0 ? [said.button('staff.button.previous', `${data}:${page - 1}`)] : []),
    ...(count > (page + 1) * perPage ? [said.button('staff.button.next', `${data}:${page + 1}`)] : []),
  ];
  return row.length > 0 ? [row] : [];
}

/** What every text about a group is put together from. */
export function paramsOf({ group, vacancy, taken }: Omit<GroupFacts, 'people'>): Params {
  const { start, format, place, minutes, places } = group;
  const where = place ?? (format === 'zoom' ? vacancy?.link : vacancy?.address) ?? '—';
  return {
    what: { key: `group.kind.${group.kind}` },
    vacancy: { words: vacancy?.title ?? { ru: '—' } },
    when: { at: start, as: 'dateTime' },
    minutes,
    places,
    taken,
    format: { key: `staff.format.${format}` },
    place: { key: `candidate.place.${format}`, params: { address: where, link: where } },
  };
}

function personLine(said: Speech, { candidate, state }: Listed, number: number): string {
  return said.text('group.staff.person', {
    number,
    name: personName(candidate).slice(0, 60),
    state: { key: `group.staff.state.${state}` },
  });
}
