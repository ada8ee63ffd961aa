import type { Candidate } from '../../flows/candidate.ts';
import { canWrite } from '../../flows/matching/canWrite.ts';
import { type Reason, reasonsOf } from '../../flows/matching/rank.ts';
import type { Member } from '../../flows/member.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { findMatches } from '../../runtime/findMatches.ts';
import type { Rendered } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { type Speech, speech } from '../speech.ts';
import { pages } from '../views/newLeads.ts';
import { type MatchList, newList, writeList } from './matchList.ts';

/** People on one page. */
export const perPage = 5;
/** More than these nobody reads; the likeliest come first. */
const most = 30;
/** Reasons shown of each. */
const reasonsShown = 5;

type Deps = Pick<BotDeps, 'db' | 'clock' | 'policy' | 'words'>;

/** Look who fits a vacancy now, and keep the list for the chat. Undefined when nobody does. */
export async function proposeMatches(
  deps: Deps,
  member: Member,
  chat: string,
  vacancy: Vacancy,
): Promise<Rendered | undefined> {
  const lexicon = Object.values(deps.words.lexicon);
  const matches = (await findMatches({ ...deps, lexicon }, vacancy)).slice(0, most);
  if (matches.length === 0) return undefined;
  const list = newList(
    vacancy._id,
    matches.map(({ candidate }) => candidate._id),
  );
  await writeList(deps.db, chat, list);
  return drawList(deps, member, vacancy, list, 0);
}

/** A page of the list, with what came of those who were invited already. */
export async function drawList(
  deps: Deps,
  member: Member,
  vacancy: Vacancy,
  list: MatchList,
  page: number,
): Promise<Rendered> {
  const said = speech(deps.words, member);
  const from = page * perPage;
  const shown = list.people.slice(from, from + perPage);
  const [people, vacancies] = await Promise.all([
    deps.db.candidates.find({ _id: { $in: shown } }).toArray(),
    deps.db.vacancies.find().toArray(),
  ]);
  const using = {
    vacancies,
    lexicon: Object.values(deps.words.lexicon),
    policy: deps.policy,
    now: deps.clock.now(),
  };
  const lines = shown.flatMap((id, index) => {
    const person = people.find(({ _id }) => _id === id);
    const reasons = person && reasonsOf(vacancy, person, using);
    return person ? [lineOf(said, person, from + index, list.done[id], reasons ?? [])] : [];
  });
  const count = said.text('match.found', { count: list.people.length });
  return {
    text: [said.text('match.title', { title: { words: vacancy.title }, count }), ...lines].join('\n\n'),
    buttons: buttonsOf(said, list, page, people),
  };
}

function lineOf(
  said: Speech,
  person: Candidate,
  index: number,
  done: string | undefined,
  reasons: Reason[],
): string {
  const because = reasons
    .slice(0, reasonsShown)
    .map(({ kind, params }) => said.text(`match.reason.${kind}`, params));
  const why = done && done !== 'sent' ? said.plain(`refusal.${done}`) : '';
  const state =
    done === 'sent'
      ? [said.text('match.offered')]
      : why
        ? [said.text('match.refused', { why })]
        : canWrite(person)
          ? []
          : [said.text('match.unreachable')];
  return [
    said.text('match.line', { number: index + 1, name: person.name ?? '—', phone: person.phone ?? '—' }),
    ...because,
    ...state,
  ].join('\n');
}

function buttonsOf(said: Speech, list: MatchList, page: number, people: Candidate[]): Rendered['buttons'] {
  const { id, picked, done } = list;
  const from = page * perPage;
  const rows = list.people.slice(from, from + perPage).map((person, at) => {
    const index = from + at;
    const params = { number: index + 1 };
    const found = people.find(({ _id }) => _id === person);
    const open = found && canWrite(found) && done[person] === undefined;
    const mark = picked.includes(index) ? '☑️' : '⬜️';
    const application = found?.applications.at(-1)?.id;
    return [
      ...(open
        ? [
            said.button('match.button.one', `x:one:${id}:${index}`, { params }),
            said.button('match.button.pick', `x:pick:${id}:${index}`, { params: { ...params, mark } }),
          ]
        : []),
      ...(application ? [said.button('match.button.card', `s:card:${application}`, { params })] : []),
    ];
  });
  const left = list.people.filter((person) => done[person] === undefined).length;
  const count = picked.length || left;
  const key = picked.length > 0 ? 'match.button.some' : 'match.button.all';
  const all = said.button(key, `x:all:${id}:${page}`, { style: 'success', params: { count } });
  const turn = pages(said, `x:page:${id}`, page, list.people.length > from + perPage);
  return [
    ...rows,
    ...(left > 0 ? [[all]] : []),
    ...(turn.length > 0 ? [turn] : []),
    [said.button('staff.button.openVacancy', `v:open:${list.vacancy}`)],
  ].filter((row) => row.length > 0);
}
