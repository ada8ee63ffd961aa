import { Composer } from 'grammy';
import type { ClientCall, ClientCallEvent } from '../../flows/clientCalls/clientCall.ts';
import type { CallDecision } from '../../flows/clientCalls/decideClientCall.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, redraw, say, send, toast, voice } from '../reply.ts';
import { readMoment } from '../readMoment.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawClientCall, drawClientCalls } from '../views/clientCallViews.ts';
import { startWizard } from '../wizards/startWizard.ts';

type Act = (ctx: StaffContext, call: ClientCall, ...rest: string[]) => Promise<void>;
type Without<E> = E extends unknown ? Omit<E, 'id' | 'by'> : never;

/** Calls with clients: `/call`, and the buttons `cc:<verb>:<call>[:…]`. */
export const clientCallHandlers = new Composer<StaffContext>();

clientCallHandlers.command('call', async (ctx) => {
  await send(ctx, await drawClientCalls(ctx.staff, ctx.member));
});
clientCallHandlers.callbackQuery('cc:list:-', async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawClientCalls(ctx.staff, ctx.member));
});
clientCallHandlers.callbackQuery('cc:new:-', async (ctx) => {
  await toast(ctx);
  await startWizard(ctx, 'callPlan');
});
clientCallHandlers.callbackQuery(/^cc:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  const call = await ctx.staff.db.clientCalls.findOne({ _id: id });
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!call || !act) return toast(ctx, 'refusal.noSuchCall', undefined, true);
  await act(ctx, call, ...rest.split(':'));
});

const acts: Record<string, Act> = {
  open: async (ctx, call) => {
    await toast(ctx);
    // A notice keeps its words: the call is shown below it.
    await send(ctx, await drawClientCall(ctx.staff, ctx.member, call));
  },
  back: async (ctx, call) => {
    await toast(ctx);
    await redraw(ctx, await drawClientCall(ctx.staff, ctx.member, call));
  },
  report: async (ctx, call) => {
    if (call.result ?? call.cancelled) return toast(ctx, 'refusal.callOver', undefined, true);
    await toast(ctx);
    await startWizard(ctx, 'callReport', { call: call._id });
  },
  move: async (ctx, call) => {
    await toast(ctx);
    await openPrompt(ctx, { kind: 'moveCall', call: call._id });
    await askReply(ctx, 'clientCall.card.askMove');
  },
  cancel: async (ctx, call) => {
    const said = voice(ctx);
    await toast(ctx);
    const question = said.text('clientCall.card.askCancel');
    const rows = [
      [said.button('clientCall.button.cancelNow', `cc:cancelNow:${call._id}`, { style: 'danger' })],
      [said.button('staff.button.back', `cc:back:${call._id}`)],
    ];
    await redraw(ctx, await drawClientCall(ctx.staff, ctx.member, call, { question, rows }));
  },
  cancelNow: (ctx, call) => give(ctx, call, { type: 'cancelCall' }),
  tick: (ctx, call, todo = '', on) => give(ctx, call, { type: 'tickTodo', todo, on: on === '1' }),
};

async function give(ctx: StaffContext, call: ClientCall, order: Without<ClientCallEvent>): Promise<void> {
  const decision = await perform(ctx, call._id, order);
  if (!decision.ok) return toast(ctx, `refusal.${decision.code}`, undefined, true);
  await toast(ctx);
  await redraw(ctx, await drawClientCall(ctx.staff, ctx.member, decision.call));
}

function perform(ctx: StaffContext, call: string, order: Without<ClientCallEvent>): Promise<CallDecision> {
  return ctx.staff.clientCalls.perform(call, { ...order, id: eventId(ctx), by: ctx.member._id });
}

/** The new time of a call, as typed. */
export async function typedMove(
  ctx: StaffContext,
  { call: id }: Extract<Prompt, { kind: 'moveCall' }>,
  text: string,
): Promise<void> {
  const moment = readMoment(ctx.staff, ctx.member, text, ctx.staff.clock.now());
  if (!moment.ok) return void (await say(ctx, `calls.moment.${moment.code}`));
  const decision = await perform(ctx, id, { type: 'moveCall', start: moment.at });
  if (!decision.ok) return void (await say(ctx, `refusal.${decision.code}`));
  await closePrompt(ctx);
  await send(ctx, await drawClientCall(ctx.staff, ctx.member, decision.call));
}
