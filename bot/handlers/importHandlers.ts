import { Composer, InputFile } from 'grammy';
import type { TableImport } from '../../flows/imports/tableImport.ts';
import type { IncomingFile } from '../../flows/question.ts';
import { FileTrouble } from '../../runtime/files.ts';
import type { Opened } from '../../runtime/imports.ts';
import { closePrompt, openPrompt } from '../prompt.ts';
import { redraw, say, send, toast, voice } from '../reply.ts';
import { sendFile } from '../sendFile.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawDraft } from '../views/importDraft.ts';
import { drawPlan } from '../views/importPlan.ts';
import { drawImport, drawImports } from '../views/importViews.ts';
import { mappingActs } from './importMapping.ts';
import { makeVacancies } from './importVacancies.ts';
import { followHere, type ImportAct, redrawImport, theImport } from './importShown.ts';

/** Tables: `/import`, and the buttons of one, `im:<verb>:<import>[:<version or page>[:<argument>…]]`. */
export const importHandlers = new Composer<StaffContext>();

importHandlers.command('import', async (ctx) => {
  await openPrompt(ctx, { kind: 'importFile' });
  await send(ctx, await drawImports(ctx.staff, ctx.member));
});
importHandlers.callbackQuery(/^im:(\w+):([\w-]+)((?::\w+)*)$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  const table = await theImport(ctx, id);
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!table || !act) return toast(ctx, 'staff.toast.stale', undefined, true);
  await act(ctx, table, rest.split(':').slice(1));
});

const acts: Record<string, ImportAct> = {
  open: async (ctx, { _id }) => {
    await toast(ctx);
    await redrawImport(ctx, _id);
  },
  page: async (ctx, table, [page = '0']) => {
    await toast(ctx);
    if (table.status !== 'draft') return redrawImport(ctx, table._id);
    await redraw(ctx, await drawDraft(ctx.staff, ctx.member, table, Number(page) || 0));
  },
  ...mappingActs,
  check: async (ctx, table) => {
    await toast(ctx);
    await showPlan(ctx, table);
  },
  newVacs: makeVacancies(showPlan),
  problems: async (ctx, table) => {
    await toast(ctx);
    const plan = table.status === 'draft' ? await ctx.staff.imports.check(table._id) : undefined;
    if (!plan?.problems) return void (await say(ctx, 'import.noTroubles'));
    await ctx.replyWithDocument(
      new InputFile(plan.problems, `${voice(ctx).plain('import.report.problems')}.csv`),
    );
  },
  go: async (ctx, table, [version]) => {
    const old = table.status === 'draft' && version !== undefined && table.version !== Number(version);
    const begun = !old && (await ctx.staff.imports.begin(table._id));
    await toast(ctx, begun ? undefined : old ? 'import.stale' : 'import.gone', undefined, !begun);
    await followHere(ctx, table._id);
    await redrawImport(ctx, table._id);
  },
  stop: async (ctx, { _id }) => {
    await ctx.staff.imports.stop(_id);
    await toast(ctx);
    await redrawImport(ctx, _id);
  },
  drop: async (ctx, { _id, status }) => {
    const dropped = status === 'draft' && (await ctx.staff.imports.stop(_id));
    await toast(ctx, dropped ? undefined : 'import.gone', undefined, !dropped);
    if (!dropped) return redrawImport(ctx, _id);
    await redraw(ctx, { text: voice(ctx).text('import.dropped'), buttons: [] });
  },
  undo: async (ctx, { _id, file }) => {
    await toast(ctx);
    const said = voice(ctx);
    await redraw(ctx, {
      text: said.text('import.undoAsk', { name: file.name }),
      buttons: [
        [said.button('import.button.undoSure', `im:undoSure:${_id}`, { style: 'danger' })],
        [said.button('import.button.back', `im:open:${_id}`)],
      ],
    });
  },
  undoSure: async (ctx, { _id }) => {
    const begun = await ctx.staff.imports.undo(_id);
    await toast(ctx, begun ? undefined : 'import.gone', undefined, !begun);
    await followHere(ctx, _id);
    await redrawImport(ctx, _id);
  },
  result: async (ctx, { result }) => {
    await toast(ctx);
    if (result) await sendFile(ctx, result);
  },
};

async function showPlan(ctx: StaffContext, table: TableImport): Promise<void> {
  if (table.status !== 'draft') return redrawImport(ctx, table._id);
  const plan = await ctx.staff.imports.check(table._id);
  if (plan) await redraw(ctx, drawPlan(ctx.staff.words, ctx.member, table, plan));
}

/** What was sent after `/import`: a file, or the link to a table. */
export async function takeTable(
  ctx: StaffContext,
  file: IncomingFile | undefined,
  text: string | undefined,
): Promise<void> {
  if (!file && !/^https?:\/\//i.test(text?.trim() ?? '')) return void (await say(ctx, 'import.wantFile'));
  await ctx.replyWithChatAction('typing').catch(() => undefined);
  const opened = file
    ? await openFile(ctx, file)
    : await ctx.staff.imports.openLink(ctx.member._id, text ?? '', eventId(ctx));
  if (!opened.ok) return void (await say(ctx, `import.fault.${opened.fault}`));
  await send(ctx, await drawImport(ctx.staff, ctx.member, opened.import));
  await closePrompt(ctx);
}

async function openFile(
  ctx: StaffContext,
  file: IncomingFile,
): Promise<Opened | { ok: false; fault: 'gone' }> {
  const { files, imports } = ctx.staff;
  try {
    const { bytes } = await files.read(file);
    return await imports.open(ctx.member._id, { bytes, name: file.name }, eventId(ctx));
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    return { ok: false, fault: error.code };
  }
}
