import { hasTask } from '../../flows/hasTask.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import { isWorked, readControl } from '../../runtime/readControl.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { pageButton } from '../pageButton.ts';
import { inRows, speech } from '../speech.ts';
import { nameOf } from './cardFacts.ts';
import { type TaskItem, taskItems } from './taskItems.ts';
import { byStage } from './team.ts';

const perPage = 10;
const modes = ['time', 'person', 'vacancy', 'late'] as const;
type Mode = (typeof modes)[number];
type Deps = { db: Database; clock: Clock; words: Words; policy: Policy };

/**
 * Open tasks as a list: by time, by candidate, by vacancy, or only those that are late. A recruiter has their own;
 * the head everybody's, or one member's.
 *
 * @param of a member's id; empty: all that the reader may see
 */
export async function drawTasks(
  { db, clock, words, policy }: Deps,
  reader: Member,
  wanted: string,
  page: number,
  of: string,
): Promise<Rendered> {
  const said = speech(words, reader);
  const now = clock.now();
  const mode: Mode = modes.find((one) => one === wanted) ?? 'time';
  const whose = reader.role === 'head' ? of : reader._id;
  const [all, members] = await Promise.all([
    taskItems(db, policy, now, whose || undefined),
    db.members.find().toArray(),
  ]);
  const items = all
    .filter((item) => (whose === '' || hasTask(item, whose)) && (mode !== 'late' || item.due < now))
    .sort((a, b) => key(a, mode).localeCompare(key(b, mode)) || a.due - b.due);
  const from = Math.min(page, Math.max(0, Math.ceil(items.length / perPage) - 1)) * perPage;
  const shown = items.slice(from, from + perPage);
  const lines = shown.map(({ task, about, due, member }, index) =>
    said.text(due < now ? 'tasks.late' : 'tasks.line', {
      number: from + index + 1,
      task,
      about,
      when: { at: due, as: 'dateTime' },
      owner: reader.role === 'head' ? { key: 'tasks.owner', params: { name: nameOf(members, member) } } : '',
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
        shown.map(({ data }, index) =>
          said.button('staff.button.number', data, { params: { number: from + index + 1 } }),
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
      // The head came from the control: to one colleague's tasks.
      reader.role === 'head' && of !== '' ? [said.button('staff.button.back', 'm:control')] : [],
    ].filter((row) => row.length > 0),
  };
}

/** The head's control: every open deal by stage, what is late, and how each manager stands. */
export async function drawControl(
  { db, clock, words, policy, pages }: Deps & Pick<BotDeps, 'pages'>,
  head: Member,
): Promise<Rendered> {
  const said = speech(words, head);
  const now = clock.now();
  const { deals, loads, open, late, pipelines } = await readControl(db, policy, now);
  const worked = deals.filter(isWorked).map(({ application }) => application);
  const lines = loads.map(({ member: { name }, ...counts }) =>
    said.text('tasks.control.manager', { name, ...counts }),
  );
  const busy = loads.filter((load) => load.late > 0).slice(0, 10);
  const page = pages?.(head._id, 'control');
  return {
    text: [
      said.text('tasks.control.title', {
        deals: open,
        late,
        time: { at: now, as: 'time' },
        stages: { lines: [byStage(said, pipelines, worked) || '—'] },
      }),
      ...lines.slice(0, 20),
    ].join('\n\n'),
    buttons: [
      ...inRows(
        busy.map(({ member: { _id, name } }) =>
          said.button('tasks.control.open', `t:late:0:${_id}`, { params: { name: name.slice(0, 30) } }),
        ),
        2,
      ),
      [said.button('staff.button.refresh', 'm:control')],
      ...pageButton(said, page),
    ],
  };
}

function key({ person, vacancy }: TaskItem, mode: Mode): string {
  return mode === 'person' ? person : mode === 'vacancy' ? vacancy : '';
}
