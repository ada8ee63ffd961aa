import { personName } from '../../flows/personName.ts';
import { DateTime } from 'luxon';
import type { Candidate } from '../../flows/candidate.ts';
import { hasTask } from '../../flows/hasTask.ts';
import { hostOf } from '../../flows/groups/hostOf.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Pipeline } from '../../flows/pipelines/pipeline.ts';
import { taskName } from '../../flows/pipelines/stageName.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { type CallItem, callItems } from './callItems.ts';
import { markOf } from './markOf.ts';
import { titleOf } from './titleOf.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';
import { readDay } from '../../models/readDay.ts';

/** How many lines a day shows, meetings before all else; the rest is counted. */
const most = 20;

/** An interview, a call with a client or an open task, at its time. */
type Item = CallItem;

/** The day of a member: what is late first, then meetings, calls with clients and tasks in order of time; tomorrow when it is empty. */
export async function drawToday(
  deps: { db: Database; clock: Clock; words: Words; policy: Policy },
  member: Member,
): Promise<Rendered> {
  const said = speech(deps.words, member);
  const now = deps.clock.now();
  const day = DateTime.fromMillis(now, { zone: member.zone }).startOf('day');
  const [until, after] = [day.plus({ days: 1 }).toMillis(), day.plus({ days: 2 }).toMillis()];
  const items = await readItems(deps, said, member, [day.toMillis(), after, now]);
  const today = items.filter(({ at, kind }) => at < until || kind === 'late');
  const shown = today.length > 0 ? today : items;
  const title = said.text('staff.today.title', { day: { at: now, as: 'weekday' } });
  const empty = today.length === 0 ? [said.text('staff.today.empty')] : [];
  const next = today.length === 0 && items.length > 0 ? [said.text('staff.today.tomorrow')] : [];
  const list = fitting(shown);
  const lines = list.map(({ line }, index) => `${index + 1}. ${line}`);
  const rest = shown.length > most ? [said.text('staff.today.more', { count: shown.length - most })] : [];
  const buttons = list.map(({ data }, index) =>
    said.button('staff.button.number', data, { params: { number: index + 1 } }),
  );
  const refresh = said.button('staff.button.refresh', 'm:today');
  return {
    text: [title, ...empty, ...next, ...lines, ...rest].join('\n'),
    buttons: [...inRows(buttons, 5), [refresh]],
  };
}

/** However much is late, no meeting falls off the end: tasks make room for them. The order stays. */
function fitting(items: Item[]): Item[] {
  const meetings = items.filter(({ kind }) => kind === 'interview').slice(0, most);
  const tasks = items.filter(({ kind }) => kind !== 'interview').slice(0, most - meetings.length);
  const chosen = new Set([...meetings, ...tasks]);
  return items.filter((item) => chosen.has(item));
}

async function readItems(
  deps: { db: Database; policy: Policy },
  said: Speech,
  member: Member,
  times: [number, number, number],
): Promise<Item[]> {
  const { db } = deps;
  const [from, until] = times;
  const [people, vacancies, pipelines, calls] = await Promise.all([
    readDay(db, from, until, member.role === 'head' ? undefined : member._id),
    vacanciesById(db),
    readPipelines(db),
    callItems(deps, said, member, times),
  ]);
  return people
    .flatMap((person) => itemsOf(said, member, person, vacancies, pipelines, times))
    .concat(calls)
    .sort((a, b) => Number(b.kind === 'late') - Number(a.kind === 'late') || a.at - b.at);
}

function itemsOf(
  said: Speech,
  member: Member,
  person: Candidate,
  vacancies: Map<string, Vacancy>,
  pipelines: Pipeline[],
  [from, until, now]: [number, number, number],
): Item[] {
  const all = member.role === 'head';
  return person.applications.flatMap((application) => {
    const { id, interview, recruiter, tasks } = application;
    const data = `s:card:${id}`;
    const common = {
      name: personName(person).slice(0, 60),
      vacancy: titleOf(vacancies, application.vacancy),
    };
    const items: Item[] = [];
    const mine =
      all || recruiter === member._id || (interview !== undefined && hostOf(interview) === member._id);
    if (interview && mine && interview.start >= from && interview.start < until) {
      const params = {
        ...common,
        time: { at: interview.start, as: 'time' as const },
        format: { key: `staff.format.${interview.format}` },
        mark: { key: `staff.today.mark.${markOf(interview)}` },
      };
      items.push({
        at: interview.start,
        kind: 'interview',
        data,
        line: said.text('staff.today.interview', params),
      });
    }
    for (const task of tasks) {
      const { due, done } = task;
      if (done !== undefined || due >= until || !(all || hasTask(task, member._id))) continue;
      const late = due < now;
      const when = { at: due, as: late ? ('dateTime' as const) : ('time' as const) };
      const params = { ...common, time: when, task: taskName(pipelines, application, task) };
      const line = said.text(late ? 'staff.today.late' : 'staff.today.task', params);
      items.push({ at: due, kind: late ? 'late' : 'task', data, line });
    }
    return items;
  });
}
