import type { TableImport } from '../../flows/imports/tableImport.ts';
import { redraw } from '../reply.ts';
import { chatId, type StaffContext } from '../staffContext.ts';
import { drawImport } from '../views/importViews.ts';

/** What a button of an import does. @param rest what stands behind the import's id in its data */
export type ImportAct = (ctx: StaffContext, table: TableImport, rest: string[]) => Promise<void>;

/** Draw an import as it stands now over the pressed message. */
export async function redrawImport(ctx: StaffContext, id: string): Promise<void> {
  const table = await theImport(ctx, id);
  if (table) await redraw(ctx, await drawImport(ctx.staff, ctx.member, table));
}

/** From now on the message that was pressed shows how far it is. */
export async function followHere(ctx: StaffContext, id: string): Promise<void> {
  const messageId = ctx.callbackQuery?.message?.message_id;
  if (messageId === undefined) return;
  const set = { $set: { chat: chatId(ctx), messageId, hash: '' } };
  await ctx.staff.db.places.updateOne({ _id: `import:${id}:${ctx.member._id}` }, set, { upsert: true });
}

/** One of their own; the head sees all. */
export async function theImport(ctx: StaffContext, id: string): Promise<TableImport | undefined> {
  const table = await ctx.staff.db.imports.findOne({ _id: id });
  if (!table || (ctx.member.role !== 'head' && table.by !== ctx.member._id)) return undefined;
  return table;
}
