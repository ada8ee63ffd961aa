import { personName } from '../../flows/personName.ts';
import type { Application, Candidate } from '../../flows/candidate.ts';
import type { Member } from '../../flows/member.ts';
import { stageName } from '../../flows/pipelines/stageName.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { isOwn } from '../mayAct.ts';
import { type Speech, speech } from '../speech.ts';
import { span } from './taskLines.ts';
import { titleOf } from './titleOf.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';

const perPage = 5;

type Deps = { db: Database; clock: Clock; words: Words };
type Lead = { candidate: Candidate; application: Application };

/** Leads nobody took yet, oldest first, each with the time left and its buttons. The head sees all. */
export async function drawNewLeads(deps: Deps, member: Member, page: number): Promise<Rendered> {
  const { db, clock, words } = deps;
  const said = speech(words, member);
  const [vacancies, pipelines] = await Promise.all([vacanciesById(db), readPipelines(db)]);
  const leads = (await readLeads(db)).filter(({ application }) =>
    isOwn(member, application, vacancies.get(application.vacancy)),
  );
  // Somebody new in the team waits for leads that go to others.
  const placed =
    member.role === 'head' ||
    [...vacancies.values()].some(({ recruiters }) => recruiters.includes(member._id));
  if (leads.length === 0)
    return { text: said.text(placed ? 'staff.new.empty' : 'staff.new.nowhere'), buttons: [] };
  const from = Math.min(page, Math.floor((leads.length - 1) / perPage)) * perPage;
  const shown = leads.slice(from, from + perPage);
  const lines = shown.map((lead, index) =>
    said.text('staff.new.line', {
      number: from + index + 1,
      name: personName(lead.candidate).slice(0, 60),
      vacancy: titleOf(vacancies, lead.application.vacancy),
      stage: stageName(pipelines, lead.application),
      clock: deadline(lead.application, clock.now()),
    }),
  );
  const at = from / perPage;
  return {
    text: [said.text('staff.new.title', { count: leads.length }), ...lines].join('\n\n'),
    buttons: [
      ...shown.map(({ application }, index) => row(said, application, from + index + 1, at)),
      pages(said, 'm:new', at, from + perPage < leads.length),
    ].filter((buttons) => buttons.length > 0),
  };
}

/** Earlier and later pages of a list. */
export function pages(said: Speech, data: string, page: number, more: boolean) {
  return [
    ...(page > 0 ? [said.button('staff.button.previous', `${data}:${page - 1}`)] : []),
    ...(more ? [said.button('staff.button.next', `${data}:${page + 1}`)] : []),
  ];
}

function row(said: Speech, { id }: Application, number: number, page: number) {
  return [
    said.button('staff.button.takeNumber', `m:take:${id}:${page}`, { style: 'success', params: { number } }),
    said.button('staff.button.openNumber', `s:card:${id}`, { params: { number } }),
  ];
}

async function readLeads(db: Database): Promise<Lead[]> {
  const untaken = { taken: { $exists: false }, stage: { $in: ['screening', 'review'] } };
  const people = await db.candidates.find({ applications: { $elemMatch: untaken } }).toArray();
  return people
    .flatMap((candidate) => candidate.applications.map((application) => ({ candidate, application })))
    .filter(({ application: { taken, stage } }) => taken === undefined && /^(screening|review)$/.test(stage))
    .sort((a, b) => a.application.createdAt - b.application.createdAt);
}

function deadline({ tasks }: Application, now: number) {
  const due = tasks.find(({ kind, done }) => kind === 'take' && done === undefined)?.due;
  if (due === undefined) return '';
  const left = span(Math.abs(due - now));
  return { key: due < now ? 'staff.new.late' : 'staff.new.left', params: { left } };
}
