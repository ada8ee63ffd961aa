import { Composer } from 'grammy';
import { redraw, send, toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawDuplicates } from '../views/sameView.ts';

/** Likely duplicates of the whole base, to be compared one pair after the other. */
export const duplicateHandlers = new Composer<StaffContext>();

duplicateHandlers.command('duplicates', async (ctx) => {
  await send(ctx, await drawDuplicates(ctx.staff, ctx.member, 0));
});
duplicateHandlers.callbackQuery(/^m:duplicates(?::(\d+))?$/, async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawDuplicates(ctx.staff, ctx.member, Number(ctx.match[1] ?? 0)));
});
