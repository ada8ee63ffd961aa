import type { Application, Candidate, Task } from '../../flows/candidate.ts';
import { hasTask } from '../../flows/hasTask.ts';
import type { Member } from '../../flows/member.ts';
import { taskName } from '../../flows/pipelines/stageName.ts';
import { isOpen } from '../../flows/pipelines/stages.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { inRows, speech } from '../speech.ts';
import { nameOf } from './cardFacts.ts';
import { byStage } from './team.ts';
import { vacanciesById } from './titles.ts';

const perPage = 10;
const modes = ['time', 'person', 'vacancy', 'late'] as const;
type Mode = (typeof modes)[number];
type Deps = { db: Database; clock: Clock; words: Words };

interface Item {
  task: Task;
  application: Application;
  person: string;
  vacancy: Vacancy['title'];
}

/**
 * Open tasks as a list: by time, by candidate, by vacancy, or only those that are late. A recruiter has their own;
 * the head everybody's, or one member's.
 *
 * @param of a member's id; empty: all that the reader may see
 */
export async function drawTasks(
  { db, clock, words }: Deps,
  reader: Member,
  wanted: string,
  page: number,
  of: string,
): Promise<Rendered> {
  const said = speech(words, reader);
  const now = clock.now();
  const mode: Mode = modes.find((one) => one === wanted) ?? 'time';
  const whose = reader.role === 'head' ? of : reader._id;
  const [all, pipelines, members] = await Promise.all([
    openTasks(db),
    readPipelines(db),
    db.members.find().toArray(),
  ]);
  const items = all
    .filter(({ task }) => (whose === '' || hasTask(task, whose)) && (mode !== 'late' || task.due < now))
    .sort((a, b) => key(a, mode).localeCompare(key(b, mode)) || a.task.due - b.task.due);
  const from = Math.min(page, Math.max(0, Math.ceil(items.length / perPage) - 1)) * perPage;
  const shown = items.slice(from, from + perPage);
  const lines = shown.map(({ task, application, person, vacancy }, index) =>
    said.text(task.due < now ? 'tasks.late' : 'tasks.line', {
      number: from + index + 1,
      task: taskName(pipelines, application, task, 'staff.task'),
      name: person,
      vacancy: { words: vacancy },
      when: { at: task.due, as: 'dateTime' },
      owner:
        reader.role === 'head' ? { key: 'tasks.owner', params: { name: nameOf(members, task.member) } } : '',
    }),
  );
  const tabs = modes.map((one) => ({
    ...said.button(`tasks.mode.${one}`, `t:${one}:0:${of}`),
    ...(one === mode && { style: 'primary' as const }),
  }));
  return {
    text: [
      said.text(`tasks.title.${mode}`, { count: items.length }),
      ...(lines.length > 0 ? lines : [said.text('tasks.none')]),
    ].join('\n\n'),
    buttons: [
      ...inRows(
        shown.map(({ application, task }, index) =>
          said.button('staff.button.number', `tk:open:${application.id}:${task.id}`, {
            params: { number: from + index + 1 },
          }),
        ),
        5,
      ),
      [
        ...(from > 0 ? [said.button('staff.button.previous', `t:${mode}:${from / perPage - 1}:${of}`)] : []),
        ...(items.length > from + perPage
          ? [said.button('staff.button.next', `t:${mode}:${from / perPage + 1}:${of}`)]
          : []),
      ],
      ...inRows(tabs, 2),
    ].filter((row) => row.length > 0),
  };
}

/** The head's control: every open deal by stage, what is late, and how each manager stands. */
export async function drawControl({ db, clock, words }: Deps, head: Member): Promise<Rendered> {
  const said = speech(words, head);
  const now = clock.now();
  const [people, pipelines, members] = await Promise.all([
    withApplications(db),
    readPipelines(db),
    db.members.find({ active: true, role: { $in: ['head', 'recruiter'] } }).toArray(),
  ]);
  const applications = people.flatMap((person) => person.applications);
  const open = applications.filter(({ stage }) => isOpen(stage));
  const tasks = applications.flatMap((one) => one.tasks).filter(({ done }) => done === undefined);
  const late = tasks.filter(({ due }) => due < now);
  const lines = members.map(({ _id, name }) =>
    said.text('tasks.control.manager', {
      name,
      deals: open.filter(({ recruiter }) => recruiter === _id).length,
      tasks: tasks.filter((task) => hasTask(task, _id)).length,
      late: late.filter((task) => hasTask(task, _id)).length,
    }),
  );
  const busy = members.filter(({ _id }) => late.some((task) => hasTask(task, _id)));
  return {
    text: [
      said.text('tasks.control.title', {
        deals: open.length,
        late: late.length,
        time: { at: now, as: 'time' },
        stages: { lines: [byStage(said, pipelines, open) || '—'] },
      }),
      ...lines.slice(0, 20),
    ].join('\n\n'),
    buttons: [
      ...inRows(
        busy
          .slice(0, 10)
          .map(({ _id, name }) =>
            said.button('tasks.control.open', `t:late:0:${_id}`, { params: { name: name.slice(0, 30) } }),
          ),
        2,
      ),
      [said.button('staff.button.refresh', 'm:control')],
    ],
  };
}

function key({ person, vacancy }: Item, mode: Mode): string {
  return mode === 'person' ? person : mode === 'vacancy' ? vacancy.ru : '';
}

async function openTasks(db: Database): Promise<Item[]> {
  const open = { applications: { $elemMatch: { tasks: { $elemMatch: { done: { $exists: false } } } } } };
  const [people, vacancies] = await Promise.all([
    db.candidates
      .find(open)
      .project<Pick<Candidate, 'name' | 'applications'>>({ name: 1, applications: 1 })
      .toArray(),
    vacanciesById(db),
  ]);
  return people.flatMap(({ name, applications }) =>
    applications.flatMap((application) =>
      application.tasks
        .filter(({ done }) => done === undefined)
        .map((task) => ({
          task,
          application,
          person: (name ?? '—').slice(0, 60),
          vacancy: vacancies.get(application.vacancy)?.title ?? { ru: '—' },
        })),
    ),
  );
}

function withApplications(db: Database) {
  return db.candidates
    .find({ 'applications.0': { $exists: true } })
    .project<{ applications: Pick<Application, 'stage' | 'pipeline' | 'recruiter' | 'tasks'>[] }>({
      'applications.stage': 1,
      'applications.pipeline': 1,
      'applications.recruiter': 1,
      'applications.tasks': 1,
    })
    .toArray();
}
