import { Composer } from 'grammy';
import { isField } from '../../flows/pipelines/fields.ts';
import { perform, refused, type Order } from '../act.ts';
import { findApplication, type Found } from '../findApplication.ts';
import { markPressed } from '../markPressed.ts';
import { parseWindows } from '../parseWindows.ts';
import { closePrompt, currentPrompt, openPrompt, type Prompt } from '../prompt.ts';
import { say, toast, voice } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { readField } from './outcomeActs.ts';

type Act = (ctx: StaffContext, found: Found, ...rest: string[]) => Promise<unknown>;

/**
 * What a client answers: the buttons `k:<verb>:<application>[:…]` of what they were asked, and their words. Only
 * about candidates of their own vacancies; anything else looks as if it were not there.
 */
export const clientActs = new Composer<StaffContext>();

clientActs.callbackQuery(/^k:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  const found = await own(ctx, id);
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!found || !act) return toast(ctx, 'client.toast.notYours', undefined, true);
  await act(ctx, found, ...rest.split(':'));
});

const acts: Record<string, Act> = {
  t: async (ctx, found, round, minutes = '') => {
    const start = Number.parseInt(minutes, 36) * 60_000;
    await give(ctx, found, { type: 'answerWindows', round: Number(round), answer: 'toggle', start });
  },
  send: (ctx, found, round) =>
    give(ctx, found, { type: 'answerWindows', round: Number(round), answer: 'send' }, 'late.toast.sent'),
  other: async (ctx, found, round = '') => {
    await toast(ctx);
    await openPrompt(ctx, { kind: 'ownTimes', application: found.application.id, round: Number(round) });
    const { id } = found.application;
    const recruiter = voice(ctx).button('late.button.letRecruiter', `k:else:${id}:${round}`);
    await say(ctx, 'late.client.times', undefined, [[recruiter]]);
  },
  else: (ctx, found, round) =>
    give(ctx, found, { type: 'answerWindows', round: Number(round), answer: 'other' }, 'late.toast.other'),
  came: (ctx, found) =>
    answer(ctx, found, { type: 'recordAttendance', attendance: 'came' }, 'late.toast.came'),
  missed: (ctx, found) => answer(ctx, found, { type: 'clientMissed' }, 'late.toast.other'),
  yes: (ctx, found) =>
    answer(ctx, found, { type: 'setField', field: 'clientDecision', value: 'approved' }, 'late.toast.other'),
  no: (ctx, found) =>
    answer(ctx, found, { type: 'setField', field: 'clientDecision', value: 'refused' }, 'late.toast.other'),
  say: async (ctx, found, field = '') => {
    await toast(ctx);
    await openPrompt(ctx, { kind: 'field', application: found.application.id, field, card: 0 });
    await say(ctx, field.endsWith('Date') ? 'late.client.date' : 'late.client.say');
  },
};

clientActs.on('message:text', async (ctx, next) => {
  const prompt = await currentPrompt(ctx);
  if (prompt === 'handled') return;
  if (prompt?.kind === 'ownTimes' && !ctx.msg.text.startsWith('/'))
    return ownTimes(ctx, prompt, ctx.msg.text);
  if (!prompt || prompt.kind !== 'field' || ctx.msg.text.startsWith('/') || !isField(prompt.field))
    return next();
  const found = await own(ctx, prompt.application);
  if (!found) return next();
  const kind = prompt.field.endsWith('Date') ? 'date' : 'text';
  const value = readField(ctx, kind, ctx.msg.text);
  if (value === undefined) return void (await say(ctx, 'late.client.badDate'));
  const decision = await perform(ctx, found, { type: 'setField', field: prompt.field, value });
  if (!decision.ok) return refused(ctx, found, decision);
  await closePrompt(ctx);
  await say(ctx, 'late.client.kept');
});

/** Times at which the client can instead: kept at once, and offered to the candidate. */
async function ownTimes(
  ctx: StaffContext,
  { application, round }: Extract<Prompt, { kind: 'ownTimes' }>,
  text: string,
): Promise<void> {
  const found = await own(ctx, application);
  const starts = parseWindows(ctx, text);
  if (!found || !starts) return void (await say(ctx, 'late.client.badTimes'));
  const decision = await perform(ctx, found, { type: 'answerWindows', round, answer: 'own', starts });
  if (!decision.ok) return refused(ctx, found, decision);
  await closePrompt(ctx);
  await say(ctx, 'late.client.timesKept');
}

async function own(ctx: StaffContext, id: string): Promise<Found | undefined> {
  const found = await findApplication(ctx.staff.db, id);
  return found?.vacancy?.client === ctx.member._id ? found : undefined;
}

/** @returns whether it was done */
async function give(ctx: StaffContext, found: Found, order: Order, done?: string): Promise<boolean> {
  const decision = await perform(ctx, found, order);
  if (decision.ok) await toast(ctx, done);
  // What a stage is called is the agency's own; to them the button is of no use any more.
  else if (decision.code === 'wrongStage') await toast(ctx, 'staff.toast.stale', undefined, true);
  else await refused(ctx, found, decision);
  return decision.ok;
}

/** A choice of two: which one was given stays to be seen. */
async function answer(ctx: StaffContext, found: Found, order: Order, done: string): Promise<void> {
  if (await give(ctx, found, order, done)) await markPressed(ctx);
}
