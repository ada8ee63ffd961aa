import type { Application, Candidate, Task } from '../flows/candidate.ts';
import type { CallTask } from '../flows/clientCalls/callTask.ts';
import type { ClientCall } from '../flows/clientCalls/clientCall.ts';
import type { Label } from '../flows/effect.ts';
import { hasTask } from '../flows/hasTask.ts';
import type { Member } from '../flows/member.ts';
import type { Pipeline } from '../flows/pipelines/pipeline.ts';
import { taskName } from '../flows/pipelines/stageName.ts';
import { openStages } from '../flows/pipelines/openStages.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { readCallTasks } from '../models/readCallTasks.ts';
import { readPipelines } from '../models/pipelines.ts';
import { vacanciesById } from '../models/vacanciesById.ts';
import { withTasks } from '../models/withTasks.ts';

/** How many letters of a name are shown. */
const longest = 100;

/** The parts of an application that the control is drawn from. */
const kept = [
  'id',
  'vacancy',
  'stage',
  'pipeline',
  'recruiter',
  'taken',
  'interview.start',
  'interview.format',
  'tasks.id',
  'tasks.kind',
  'tasks.stage',
  'tasks.member',
  'tasks.also',
  'tasks.due',
  'tasks.done',
] as const;
type DealApplication = Pick<Application, 'id' | 'vacancy' | 'stage' | 'pipeline' | 'recruiter' | 'taken'> & {
  interview?: Pick<NonNullable<Application['interview']>, 'start' | 'format'>;
  tasks: Pick<Task, 'id' | 'kind' | 'stage' | 'member' | 'also' | 'due' | 'done'>[];
};

/** A deal as the head controls it: an application somebody works on, or has something left to do about. */
export interface Deal {
  person: string;
  application: DealApplication;
  vacancy?: Vacancy;
  /** What the employer is called. */
  company?: string;
  /** What is not done yet, the earliest due first. */
  tasks: DealApplication['tasks'];
  /** What comes next, and when: a task, or the interview that is set. */
  next?: { what: Label; at: number };
  late: boolean;
}

/** A member with what is theirs. */
export interface Load {
  member: Member;
  deals: number;
  tasks: number;
  late: number;
}

/** The whole agency's work at one moment. */
export interface Control {
  /** The most urgent first. */
  deals: Deal[];
  calls: { call: ClientCall; task: CallTask }[];
  loads: Load[];
  /** What every member is called, those who have left too. */
  names: Map<string, string>;
  /** How many deals are open, and how many tasks of any kind are late. */
  open: number;
  late: number;
  pipelines: Pipeline[];
}

type Read = Pick<
  Database,
  'candidates' | 'vacancies' | 'companies' | 'members' | 'pipelines' | 'clientCalls'
>;

/** Every open deal, every call with a client about which something is to be done, and how each member stands. */
export async function readControl(db: Read, policy: Policy, now: number): Promise<Control> {
  const pipelines = await readPipelines(db);
  const [people, calls, vacancies, employers, members] = await Promise.all([
    inWork(db, pipelines),
    readCallTasks(db, policy, now),
    vacanciesById(db),
    db.companies.find().project<{ _id: string; fields: { name: string } }>({ 'fields.name': 1 }).toArray(),
    db.members.find().toArray(),
  ]);
  const firms = new Map(employers.map(({ _id, fields }) => [_id, fields.name]));
  const clients = new Map(members.map(({ _id, company }) => [_id, company]));
  const deals = people
    .flatMap(({ name, applications }) =>
      applications.map((application): Deal => {
        const tasks = application.tasks
          .filter(({ done }) => done === undefined)
          .sort((a, b) => a.due - b.due);
        const vacancy = vacancies.get(application.vacancy);
        const company = firms.get(vacancy?.company ?? '') ?? clients.get(vacancy?.client ?? '');
        const next = nextOf(pipelines, application, tasks[0], now);
        return {
          person: (name ?? '—').slice(0, longest),
          application,
          tasks,
          late: tasks.some(({ due }) => due < now),
          ...(vacancy && { vacancy }),
          ...(company !== undefined && { company }),
          ...(next && { next }),
        };
      }),
    )
    .filter(({ application, tasks }) => isOpen(application.stage) || tasks.length > 0)
    .sort((a, b) => (a.next?.at ?? Infinity) - (b.next?.at ?? Infinity) || a.person.localeCompare(b.person));
  const team = members.filter(({ active, role }) => active && role !== 'client');
  const loads = team.map((member) => loadOf(member, deals, calls, now));
  const open = deals.filter(isWorked).length;
  const due = [...deals.flatMap(({ tasks }) => tasks), ...calls.map(({ task }) => task)];
  const names = new Map(members.map(({ _id, name }) => [_id, name]));
  return { deals, calls, loads, names, open, late: due.filter((one) => one.due < now).length, pipelines };
}

/** Is it worked on, and not only something of it left to do? */
export function isWorked({ application }: Deal): boolean {
  return isOpen(application.stage);
}

function loadOf(member: Member, deals: Deal[], calls: Control['calls'], now: number): Load {
  const own = [
    ...deals.flatMap(({ tasks }) => tasks.filter((task) => hasTask(task, member._id))),
    ...calls.filter(({ call }) => call.manager === member._id).map(({ task }) => task),
  ];
  return {
    member,
    deals: deals.filter((deal) => isWorked(deal) && deal.application.recruiter === member._id).length,
    tasks: own.length,
    late: own.filter(({ due }) => due < now).length,
  };
}

function nextOf(
  pipelines: Pipeline[],
  application: DealApplication,
  task: DealApplication['tasks'][number] | undefined,
  now: number,
): Deal['next'] {
  const { interview } = application;
  const meeting = interview && interview.start > now ? interview : undefined;
  if (meeting && (!task || meeting.start < task.due)) {
    const format = { key: `staff.format.${meeting.format}` };
    return { what: { key: 'memberPage.control.meeting', params: { format } }, at: meeting.start };
  }
  return task && { what: taskName(pipelines, application, task), at: task.due };
}

/** Those of whom an application is open, or has something left to do. */
function inWork(db: Pick<Database, 'candidates'>, pipelines: readonly Pipeline[]) {
  const fields = Object.fromEntries(kept.map((field) => [`applications.${field}`, 1]));
  return db.candidates
    .find({ $or: [{ 'applications.stage': { $in: openStages(pipelines) } }, withTasks()] })
    .project<Pick<Candidate, 'name'> & { applications: DealApplication[] }>({ name: 1, ...fields })
    .toArray();
}
