import { personName } from '../../flows/personName.ts';
import type { Candidate } from '../../flows/candidate.ts';
import { contractTask, toldOfContract } from '../../flows/companies/contractNotice.ts';
import type { Param } from '../../flows/effect.ts';
import { taskName } from '../../flows/pipelines/stageName.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import { readCallTasks } from '../../models/readCallTasks.ts';
import { titleOfCompany } from './companyList.ts';
import { callParams, callTaskName, openCall } from './callItems.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';
import { withTasks } from '../../models/withTasks.ts';

/** An open task as a line of a list: of an application, about a call with a client, or a company's contract. */
export interface TaskItem {
  due: number;
  member: string;
  also?: string;
  task: Param;
  /** Of whom, or of what, it is. */
  about: Param;
  /** What the button of its number opens. */
  data: string;
  /** What it is sorted by; where there is no candidate and no vacancy it comes last. */
  person: string;
  vacancy: string;
}

/** Every open task of a member, or of everybody; of calls and contracts, everybody's. */
export async function taskItems(
  db: Database,
  policy: Policy,
  now: number,
  member?: string,
): Promise<TaskItem[]> {
  const [ofPeople, calls, ofCompanies] = await Promise.all([
    ofApplications(db, member),
    readCallTasks(db, policy, now),
    ofContracts(db, policy, now),
  ]);
  const ofCalls = calls.map(({ call, task }): TaskItem => ({
    due: task.due,
    member: call.manager,
    task: callTaskName(task),
    about: { key: 'clientCall.about', params: callParams(call) },
    data: openCall(call),
    person: last,
    vacancy: last,
  }));
  return [...ofPeople, ...ofCalls, ...ofCompanies];
}

/** Sorted behind every word. */
const last = '\uffff';

async function ofContracts(db: Database, policy: Policy, now: number): Promise<TaskItem[]> {
  const [companies, members] = await Promise.all([
    db.companies.find({ 'contracts.0': { $exists: true } }).toArray(),
    db.members.find().toArray(),
  ]);
  return companies.flatMap((company) => {
    const due = contractTask(company, policy, now);
    const [member, also] = toldOfContract(company, members);
    if (due === undefined || !member) return [];
    return [
      {
        due,
        member: member._id,
        ...(also && { also: also._id }),
        task: { key: 'company.notice.task' },
        about: { key: 'company.notice.about', params: { name: titleOfCompany(company).slice(0, 60) } },
        data: `co:contracts:${company._id}`,
        person: last,
        vacancy: last,
      },
    ];
  });
}

async function ofApplications(db: Database, member: string | undefined): Promise<TaskItem[]> {
  const [people, vacancies, pipelines] = await Promise.all([
    db.candidates
      .find(withTasks(member))
      .project<Pick<Candidate, 'name' | 'phone' | 'applications'>>({ name: 1, phone: 1, applications: 1 })
      .toArray(),
    vacanciesById(db),
    readPipelines(db),
  ]);
  return people.flatMap(({ name, phone, applications }) =>
    applications.flatMap((application) => {
      const person = personName({ name, phone }).slice(0, 60);
      const title = vacancies.get(application.vacancy)?.title ?? { ru: '—' };
      return application.tasks
        .filter(({ done }) => done === undefined)
        .map((task): TaskItem => ({
          due: task.due,
          member: task.member,
          ...(task.also !== undefined && { also: task.also }),
          task: taskName(pipelines, application, task),
          about: { key: 'tasks.about', params: { name: person, vacancy: { words: title } } },
          data: `tk:open:${application.id}:${task.id}`,
          person,
          vacancy: title.ru,
        }));
    }),
  );
}
