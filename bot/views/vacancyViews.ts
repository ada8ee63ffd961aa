import type { Application } from '../../flows/candidate.ts';
import type { Member } from '../../flows/member.ts';
import type { Question } from '../../flows/question.ts';
import { fillsPlace } from '../../flows/places/fillsPlace.ts';
import { newestOf } from '../../flows/pipelines/specOf.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { editable } from '../wizards/vacancyEdit.ts';
import { nameOf } from './cardFacts.ts';
import { titleOfCompany } from './companyList.ts';
import { pages } from './newLeads.ts';
import { byStage } from './team.ts';

const perPage = 8;

type Deps = { db: Database; words: Words };

/** May this member change a vacancy: the head, and its recruiters? */
export function mayChange(member: Member, vacancy: Vacancy): boolean {
  return member.role === 'head' || (member.role === 'recruiter' && vacancy.recruiters.includes(member._id));
}

/** All vacancies, open ones first, the newest first. */
export async function drawVacancies({ db, words }: Deps, member: Member, page: number): Promise<Rendered> {
  const said = speech(words, member);
  const all = (await db.vacancies.find().toArray()).sort(
    (a, b) => Number(a.status === 'archived') - Number(b.status === 'archived') || b.createdAt - a.createdAt,
  );
  const shown = all.slice(page * perPage, (page + 1) * perPage);
  const rows = shown.map(({ _id, title, status }) => {
    const name = words.label(member, { words: title });
    return [{ label: `${status === 'open' ? '🟢' : '⚪️'} ${name}`, data: `v:open:${_id}` }];
  });
  const turn = pages(said, 'm:vacancies', page, all.length > (page + 1) * perPage);
  return {
    text: said.text(all.length > 0 ? 'staff.vacancies.title' : 'staff.vacancies.none', { count: all.length }),
    buttons: [
      ...rows,
      ...(turn.length > 0 ? [turn] : []),
      [said.button('staff.button.newVacancy', 'v:new', { style: 'primary' })],
    ],
  };
}

/** One vacancy: what it says, who works on it, how many candidates stand where. */
export async function drawVacancy({ db, words }: Deps, member: Member, vacancy: Vacancy): Promise<Rendered> {
  const said = speech(words, member);
  const [people, members, links, pipelines, company] = await Promise.all([
    db.candidates
      .find({ 'applications.vacancy': vacancy._id })
      .project<{ applications: Application[] }>({ applications: 1 })
      .toArray(),
    db.members.find().toArray(),
    db.links.countDocuments({ vacancy: vacancy._id }),
    readPipelines(db),
    vacancy.company === undefined ? null : db.companies.findOne({ _id: vacancy.company }),
  ]);
  const own = people.flatMap((one) => one.applications).filter((one) => one.vacancy === vacancy._id);
  const names = (ids: string[]) => ids.map((id) => nameOf(members, id)).join(', ') || '—';
  const text = said.text('staff.vacancy.card', {
    title: { words: vacancy.title },
    status: { key: isFilled(vacancy) ? 'places.filled' : `staff.vacancy.${vacancy.status}` },
    text: { words: vacancy.text },
    stages: byStage(said, pipelines, own) || '—',
    questions: vacancy.questions.length,
    formats: vacancy.formats.map((format) => said.plain(`staff.format.${format}`)).join(', '),
    recruiters: names(vacancy.recruiters),
    interviewers: names(vacancy.interviewers),
    company: company ? titleOfCompany(company) : '—',
    client: vacancy.client ? nameOf(members, vacancy.client) : '—',
    auto: { key: vacancy.autoInvite ? 'staff.card.yes' : 'staff.card.no' },
    links,
    places: vacancy.places ?? said.plain('places.any'),
    taken: own.filter(({ stage }) => fillsPlace(stage)).length,
  });
  return { text, buttons: vacancyButtons(said, member, vacancy, company?._id) };
}

function isFilled({ status, turned }: Vacancy): boolean {
  return status === 'archived' && turned?.to === 'filled';
}

function vacancyButtons(said: Speech, member: Member, vacancy: Vacancy, company: string | undefined) {
  const button = (verb: string) => said.button(`staff.vacancy.button.${verb}`, `v:${verb}:${vacancy._id}`);
  const change = mayChange(member, vacancy);
  return [
    [button('links'), button('questions')],
    [button('people'), ...(change ? [button('recruiters')] : [])],
    ...(change && vacancy.status === 'open' ? [[button('match')]] : []),
    ...(change
      ? [
          [button('edit'), button('pipeline')],
          [button('postings'), button('costs')],
        ]
      : []),
    ...(change ? [[button(vacancy.status === 'open' ? 'archive' : 'reopen')]] : []),
    ...(company ? [[said.button('company.button.open', `co:open:${company}`)]] : []),
    [said.button('staff.button.toVacancies', 'm:vacancies')],
  ];
}

/** The questions with what is expected of an answer. */
export function drawQuestions(words: Words, member: Member, vacancy: Vacancy): Rendered {
  const said = speech(words, member);
  const lines = vacancy.questions.map((question, index) =>
    said.text('staff.vacancy.question', {
      number: index + 1,
      question: { words: question.text },
      kind: { key: `staff.vacancy.kind.${question.kind}` },
      rule: ruleText(said, question),
    }),
  );
  const none = said.text('staff.vacancy.noQuestions');
  const title = said.text('staff.vacancy.questions', { title: { words: vacancy.title } });
  return {
    text: [title, ...(lines.length > 0 ? lines : [none])].join('\n').slice(0, 4000),
    buttons: [
      ...(mayChange(member, vacancy) ? changeRows(said, vacancy) : []),
      [said.button('staff.button.back', `v:open:${vacancy._id}`)],
    ],
  };
}

/** Each question can be taken off, moved up, or made a must; more can be put in one's own words. */
function changeRows(said: Speech, { _id, questions }: Vacancy) {
  const button = (verb: string, id: string, number: number) =>
    said.button(`staff.vacancy.change.${verb}`, `v:${verb}:${_id}:${id}`, { params: { number } });
  return [
    ...questions
      .slice(0, 20)
      .map(({ id, rule }, index) => [
        button('qDrop', id, index + 1),
        ...(index > 0 ? [button('qUp', id, index + 1)] : []),
        ...(rule ? [button('qMust', id, index + 1)] : []),
      ]),
    [said.button('staff.wizard.own.add', `v:editing:${_id}:question`, { style: 'primary' })],
  ];
}

/** What of a vacancy can be changed. */
export function drawEdit(words: Words, member: Member, vacancy: Vacancy): Rendered {
  const said = speech(words, member);
  const buttons = editable.map((field) =>
    said.button(`staff.vacancy.edit.${field}`, `v:editing:${vacancy._id}:${field}`),
  );
  const questions = said.button('staff.vacancy.button.questions', `v:questions:${vacancy._id}`);
  return {
    text: said.text('staff.vacancy.editTitle', { title: { words: vacancy.title } }),
    buttons: [
      ...inRows([...buttons, questions], 2),
      [said.button('staff.button.back', `v:open:${vacancy._id}`)],
    ],
  };
}

function ruleText(said: Speech, { rule }: Question): string {
  if (!rule) return '';
  return said.plain(rule.knockOut ? 'staff.vacancy.knockOut' : 'staff.vacancy.scored', {
    points: rule.points ?? 1,
  });
}

/** By which pipeline new applications of a vacancy go; what is under way stays on its own. */
export async function drawPipelineChoice(
  { db, words }: Deps,
  member: Member,
  vacancy: Vacancy,
): Promise<Rendered> {
  const said = speech(words, member);
  const all = await readPipelines(db);
  const now = newestOf(all, vacancy.pipeline).id;
  return {
    text: said.text('pipeline.choose', { title: { words: vacancy.title } }),
    buttons: [
      ...[...new Set(all.map(({ id }) => id))].slice(0, 10).map((id) => [
        {
          label: `${id === now ? '✅' : '▫️'} ${said.label(newestOf(all, id).name)}`.slice(0, 60),
          data: `v:pipe:${vacancy._id}:${id}`,
        },
      ]),
      [said.button('staff.button.back', `v:open:${vacancy._id}`)],
    ],
  };
}

/** Whose work the vacancy is: each press puts somebody on it or takes them off. */
export async function drawRecruiters(
  { db, words }: Deps,
  member: Member,
  vacancy: Vacancy,
): Promise<Rendered> {
  const said = speech(words, member);
  const members = await db.members.find({ active: true, role: { $in: ['recruiter', 'head'] } }).toArray();
  const buttons = members.map(({ _id, name }) => ({
    label: `${vacancy.recruiters.includes(_id) ? '✅' : '▫️'} ${name}`.slice(0, 60),
    data: `v:rec:${vacancy._id}:${_id}`,
  }));
  return {
    text: said.text('staff.vacancy.recruiters', { title: { words: vacancy.title } }),
    buttons: [
      ...inRows(buttons.slice(0, 90), 2),
      [said.button('staff.button.back', `v:open:${vacancy._id}`)],
    ],
  };
}
