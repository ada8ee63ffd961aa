import type { ImportCounts, TableImport } from '../../flows/imports/tableImport.ts';
import type { Member } from '../../flows/member.ts';
import type { Rendered, RenderedButton } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { type Speech, speech } from '../speech.ts';
import { drawDraft } from './importDraft.ts';
import type { View } from './views.ts';

type Deps = Pick<BotDeps, 'db' | 'words'>;

/** How many are shown in the list, the newest first. */
const shown = 5;

/** What `/import` says: what to send, and the latest imports. */
export async function drawImports({ db, words }: Deps, member: Member): Promise<Rendered> {
  const said = speech(words, member);
  const whose = member.role === 'head' ? {} : { by: member._id };
  const list = await db.imports.find(whose).sort({ createdAt: -1 }).limit(shown).toArray();
  const buttons = list.map(({ _id, status, file }): RenderedButton[] => [
    said.button('import.button.one', `im:open:${_id}`, {
      params: { status: { key: `import.status.${status}` }, name: file.name.slice(0, 40) },
    }),
  ]);
  const text = [said.text('import.title'), ...(list.length > 0 ? [said.text('import.last')] : [])];
  return { text: text.join('\n\n'), buttons };
}

/** One import as it stands: a draft to be looked at, or how far it has come. */
export async function drawImport(deps: Deps, member: Member, table: TableImport): Promise<Rendered> {
  if (table.status === 'draft') return drawDraft(deps, member, table, 0);
  const said = speech(deps.words, member);
  const { _id, status, counts, rows, file } = table;
  const done = counts.made + counts.joined + counts.repeated + counts.problem + counts.passed;
  const lines = countLines(
    said,
    counts,
    status === 'undone' || status === 'undoing' ? ['undone', 'kept'] : outcomes,
  );
  const title = said.text(`import.${status}`, { name: file.name, done, rows });
  const button = (key: string, verb: string, style?: RenderedButton['style']) => [
    said.button(`import.button.${key}`, `im:${verb}:${_id}`, style && { style }),
  ];
  const result = table.result ? [button('result', 'result')] : [];
  const buttons: Record<TableImport['status'], RenderedButton[][]> = {
    draft: [],
    running: [button('stop', 'stop', 'danger')],
    stopped:
      table.startedAt === undefined
        ? []
        : [button('resume', 'go', 'success'), button('undo', 'undo', 'danger')],
    done: [...result, button('undo', 'undo', 'danger')],
    undoing: [],
    undone: result,
  };
  return {
    text: [title, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n'),
    buttons: buttons[status],
  };
}

/** The outbox draws it where it stands. */
export function makeImportView(deps: Deps): View {
  return async (reader, { id }) => {
    const table = await deps.db.imports.findOne({ _id: String(id) });
    return table && table.status !== 'draft' ? drawImport(deps, reader, table) : undefined;
  };
}

/** What a dry run and an import count, in the order of a report. */
export const outcomes = [
  'made',
  'joined',
  'repeated',
  'problem',
  'passed',
  'applications',
  'tasks',
  'meetings',
  'doubtful',
  'alike',
] as const satisfies (keyof ImportCounts)[];

/** A line for each count that is not nothing. */
export function countLines(
  said: Speech,
  counts: ImportCounts,
  which: readonly (keyof ImportCounts)[],
): string[] {
  return which.flatMap((name) =>
    counts[name] > 0 ? [`• ${said.text(`import.count.${name}`, { count: counts[name] })}`] : [],
  );
}
