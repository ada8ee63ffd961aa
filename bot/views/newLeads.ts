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

/**
 * Leads nobody took yet, oldest first, each with the time left and its buttons. The head sees all.
 *
 * @param stay those a page shows already: they keep their places and numbers, also when somebody has taken them
 */
export async function drawNewLeads(
  deps: Deps,
  member: Member,
  page: number,
  stay: string[] = [],
): Promise<Rendered> {
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
  const last = stay.length > 0 ? page : Math.floor((leads.length - 1) / perPage);
  const from = Math.min(page, last) * perPage;
  const shown = stay.length > 0 ? await readShown(db, stay) : leads.slice(from, from + perPage);
  const lines = shown.map((lead, index) =>
    said.text(isWaiting(lead) ? 'staff.new.line' : 'staff.new.taken', {
      number: from + index + 1,
      name: personName(lead.candidate).slice(0, 60),
      vacancy: titleOf(vacancies, lead.application.vacancy),
      stage: stageName(pipelines, lead.application),
      clock: deadline(lead.application, clock.now()),
    }),
  );
  const at = from / perPage;
  const ids = shown.map(({ application }) => application.id);
  const more = leads.slice(from).some(({ application }) => !ids.includes(application.id));
  // Where some are taken the others move up: what is next begins on this page.
  const next = shown.every(isWaiting) ? at + 1 : at;
  return {
    text: [said.text('staff.new.title', { count: leads.length }), ...lines].join('\n\n'),
    buttons: [
      ...shown.map((lead, index) => row(said, lead, from + index + 1, at)),
      pages(said, 'm:new', at, more, next),
    ].filter((buttons) => buttons.length > 0),
  };
}

/** Earlier and later pages of a list. */
export function pages(said: Speech, data: string, page: number, more: boolean, next = page + 1) {
  return [
    ...(page > 0 ? [said.button('staff.button.previous', `${data}:${page - 1}`)] : []),
    ...(more ? [said.button('staff.button.next', `${data}:${next}`)] : []),
  ];
}

function row(said: Speech, lead: Lead, number: number, page: number) {
  const { id } = lead.application;
  const take = said.button('staff.button.takeNumber', `m:take:${id}:${page}`, {
    style: 'success',
    params: { number },
  });
  const open = said.button('staff.button.openNumber', `s:card:${id}`, { params: { number } });
  return isWaiting(lead) ? [take, open] : [open];
}

/** Nobody has taken it, and it has not ended. */
function isWaiting({ application: { taken, stage } }: Lead): boolean {
  return taken === undefined && /^(screening|review)$/.test(stage);
}

/** What a page shows, in its order, however it stands now. */
async function readShown(db: Database, ids: string[]): Promise<Lead[]> {
  const people = await db.candidates.find({ 'applications.id': { $in: ids } }).toArray();
  return ids.flatMap((id) =>
    people.flatMap((candidate) =>
      candidate.applications
        .filter((one) => one.id === id)
        .map((application) => ({ candidate, application })),
    ),
  );
}

async function readLeads(db: Database): Promise<Lead[]> {
  const untaken = { taken: { $exists: false }, stage: { $in: ['screening', 'review'] } };
  const people = await db.candidates.find({ applications: { $elemMatch: untaken } }).toArray();
  return people
    .flatMap((candidate) => candidate.applications.map((application) => ({ candidate, application })))
    .filter(isWaiting)
    .sort((a, b) => a.application.createdAt - b.application.createdAt);
}

function deadline({ tasks }: Application, now: number) {
  const due = tasks.find(({ kind, done }) => kind === 'take' && done === undefined)?.due;
  if (due === undefined) return '';
  const left = span(Math.abs(due - now));
  return { key: due < now ? 'staff.new.late' : 'staff.new.left', params: { left } };
}
