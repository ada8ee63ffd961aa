import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import { reportLines } from '../../flows/clientCalls/reportCall.ts';
import type { Params } from '../../flows/effect.ts';
import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import { namesOfApplications } from '../../models/namesOfApplications.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, RenderedButton, Words } from '../../runtime/words.ts';
import { callsKept } from '../../models/readCallTasks.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { nameOf } from './cardFacts.ts';

type Deps = { db: Database; clock: Clock; words: Words };

/** How many calls the list shows, and how long one that was written up stays on it when all is done. */
const most = 12;
const kept = 3 * 86_400_000;

/** The calls of a member (the head's: everybody's) that are to come, or that something is still to be done about. */
export async function drawClientCalls({ db, clock, words }: Deps, member: Member): Promise<Rendered> {
  const said = speech(words, member);
  const now = clock.now();
  const mine = member.role === 'head' ? {} : { $or: [{ manager: member._id }, { by: member._id }] };
  const all = await db.clientCalls
    .find({ ...mine, cancelled: { $exists: false }, start: { $gt: now - callsKept } })
    .sort({ start: 1 })
    .toArray();
  const shown = all.filter((call) => isOpen(call) || call.start > now - kept).slice(0, most);
  const lines = shown.map((call, index) =>
    said.text('clientCall.list.line', {
      number: index + 1,
      when: { at: call.start, as: 'dateTime' },
      kind: { key: `clientCall.kind.${call.kind}` },
      company: call.company.slice(0, 60),
      state: stateOf(call, now),
    }),
  );
  const buttons = shown.map(({ _id }, index) =>
    said.button('clientCall.button.number', `cc:open:${_id}`, { params: { number: index + 1 } }),
  );
  return {
    text: [
      said.text('clientCall.list.title'),
      ...(lines.length > 0 ? lines : [said.text('clientCall.list.none')]),
    ].join('\n\n'),
    buttons: [
      ...inRows(buttons, 4),
      [said.button('clientCall.button.new', 'cc:new:-', { style: 'primary' })],
    ],
  };
}

function isOpen({ result, todo }: ClientCall): boolean {
  return !result || todo.some(({ done }) => done === undefined);
}

function stateOf(
  { result, todo, start }: ClientCall,
  now: number,
): { key: string; params?: Params } | string {
  if (!result) return start < now ? { key: 'clientCall.list.noResult' } : '';
  const count = todo.filter(({ done }) => done === undefined).length;
  return count > 0 ? { key: 'clientCall.list.todo', params: { count } } : '';
}

/** One call: when, who, what came of it, and what is still to be sent. */
export async function drawClientCall(
  { db, words }: Deps,
  reader: Member,
  call: ClientCall,
  asks?: { question: string; rows: RenderedButton[][] },
): Promise<Rendered> {
  const said = speech(words, reader);
  const [members, names] = await Promise.all([
    db.members.find().toArray(),
    namesOfApplications(db, applicationsOf(call)),
  ]);
  const params: Params = {
    kind: { key: `clientCall.kind.${call.kind}` },
    company: call.company.slice(0, 100),
    when: { at: call.start, as: 'dateTime' },
    manager: nameOf(members, call.manager),
  };
  const people = call.people.map(({ application }) => names[application] ?? '—').join(', ');
  const blocks = [
    call.result
      ? said.text('clientCall.report', {
          ...params,
          mark: { key: `clientCall.mark.${call.result.mark}` },
          lines: reportLines(call, names),
        })
      : said.text('clientCall.card.head', params),
    ...(call.result
      ? []
      : [said.text('clientCall.card.goal', { goal: { key: `clientCall.goal.${call.kind}` } })]),
    ...(people && !call.result
      ? [said.text('clientCall.card.people', { people: people.slice(0, 500) })]
      : []),
    ...(call.lead ? [said.text('clientCall.card.lead', { name: nameOf(members, call.lead) })] : []),
    ...(call.cancelled === undefined ? [] : [said.text('clientCall.card.cancelled')]),
    ...(call.due === undefined
      ? []
      : [said.text('clientCall.card.todo', { due: { at: call.due, as: 'dateTime' } })]),
    ...(asks ? [asks.question] : []),
  ];
  return { text: blocks.join('\n\n').slice(0, 4000), buttons: asks?.rows ?? buttons(said, call) };
}

function buttons(said: Speech, { _id, result, cancelled, todo }: ClientCall): RenderedButton[][] {
  const button = (verb: string, style?: RenderedButton['style']) =>
    said.button(`clientCall.button.${verb}`, `cc:${verb}:${_id}`, { style });
  const open = !result && cancelled === undefined;
  return [
    ...(open ? [[button('report', 'primary')], [button('move'), button('cancel', 'danger')]] : []),
    ...todo.map(({ id, text, done }) => {
      const what = { key: `clientCall.todo.${id}` };
      const line = text
        ? { key: 'clientCall.todoWith', params: { todo: what, text: text.slice(0, 60) } }
        : what;
      const key = done === undefined ? 'clientCall.button.openLine' : 'clientCall.button.ticked';
      return [said.button(key, `cc:tick:${_id}:${id}:${done === undefined ? 1 : 0}`, { params: { line } })];
    }),
    [said.button('clientCall.button.list', 'cc:list:-')],
  ];
}

/** The applications of those who take part. */
export function applicationsOf({ people }: Pick<ClientCall, 'people'>): string[] {
  return people.map(({ application }) => application);
}
