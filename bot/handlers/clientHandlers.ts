import { Composer } from 'grammy';
import { redraw, say, send, toast } from '../reply.ts';
import { menuButtons } from '../menuButtons.ts';
import type { StaffContext } from '../staffContext.ts';
import { clientActs } from './clientActs.ts';
import { wordsOfClient } from './clientTalk.ts';
import { drawClientInterviews } from '../views/clientInterviews.ts';
import { drawClientProgress } from '../views/clientProgress.ts';

/** The client's first steps. Nothing of the staff's side is reachable from here. */
export const clientHandlers = new Composer<StaffContext>();

clientHandlers.command('interviews', async (ctx) => {
  await send(ctx, await drawClientInterviews(ctx.staff, ctx.member));
});
clientHandlers.callbackQuery('m:interviews', async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawClientInterviews(ctx.staff, ctx.member));
});
clientHandlers.command('progress', async (ctx) => {
  await send(ctx, await drawClientProgress(ctx.staff, ctx.member));
});
clientHandlers.callbackQuery('m:progress', async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawClientProgress(ctx.staff, ctx.member));
});
clientHandlers.use(clientActs);
clientHandlers.on('callback_query', (ctx) => toast(ctx, 'client.toast.notYours', undefined, true));
clientHandlers.on(['message', 'edited_message'], async (ctx) => {
  if (!ctx.msg.text?.startsWith('/')) return wordsOfClient(ctx);
  await say(ctx, 'client.hint.command', undefined, menuButtons(ctx));
});
