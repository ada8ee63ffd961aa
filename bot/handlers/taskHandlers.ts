import { Composer } from 'grammy';
import { type Later, laterChoices, laterTime } from '../../flows/laterTime.ts';
import { missingOf } from '../../flows/pipelines/taskSpec.ts';
import { calendarOf } from '../../flows/policies/calendars/calendarOf.ts';
import { type Order, perform, refused } from '../act.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, redraw, say, send, toast } from '../reply.ts';
import { forgetPlace, isCard } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { parseWhen } from '../typedInterview.ts';
import type { CardFacts } from '../views/cardFacts.ts';
import { readCard } from '../views/makeCard.ts';
import { outcomeRows } from '../views/outcomeButtons.ts';
import { drawTask, handMenu, laterMenu, type TaskMenu } from '../views/taskView.ts';
import { missingRows } from './outcomeActs.ts';

type Act = (ctx: StaffContext, facts: CardFacts, task: string, ...rest: string[]) => Promise<void>;

/** One task: `tk:<verb>:<application>:<task>[:…]`. It is edited where it stands. */
export const taskHandlers = new Composer<StaffContext>();

taskHandlers.callbackQuery(/^tk:(\w+):([^:]+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', application = '', task = '', rest = ''] = ctx.match;
  const facts = await readCard(ctx.staff, ctx.member, application);
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!facts || !act) return toast(ctx, 'staff.toast.stale', undefined, true);
  await act(ctx, facts, task, ...rest.split(':'));
});

const acts: Record<string, Act> = {
  open: async (ctx, facts, task) => {
    await toast(ctx);
    if (isCard(ctx)) await forgetPlace(ctx, facts.application.id);
    await show(ctx, facts.application.id, task);
  },
  done: async (ctx, facts, task) => {
    const decision = await give(ctx, facts, task, { type: 'finishTask', task }, 'staff.toast.done');
    if (decision.ok) return;
    if (decision.code === 'missing') await show(ctx, facts.application.id, task, missingMenu);
    if (decision.code === 'resultFirst') await show(ctx, facts.application.id, task, resultMenu);
  },
  tick: async (ctx, facts, task, line = '', on) =>
    void (await give(ctx, facts, task, { type: 'tickTask', task, line, on: on === '1' })),
  later: (ctx, facts, task) => ask(ctx, facts, task, laterMenu(ctx.staff.policy)),
  snooze: async (ctx, facts, task, wanted, version) => {
    const choice: Later = laterChoices.find((one) => one === wanted) ?? 'hour';
    const until = laterTime(choice, facts.now, ctx.member, calendarOf(ctx.staff.policy));
    if (until === undefined) return toast(ctx, 'staff.toast.stale', undefined, true);
    await give(
      ctx,
      facts,
      task,
      { type: 'snoozeTask', task, until, version: Number(version) },
      'tasks.toast.later',
    );
  },
  type: async (ctx, facts, task) => {
    await toast(ctx);
    await openPrompt(ctx, { kind: 'snooze', application: facts.application.id, task });
    await askReply(ctx, 'tasks.ask.when');
  },
  hand: (ctx, facts, task) => ask(ctx, facts, task, handMenu),
  give: async (ctx, facts, task, to = '', version) =>
    void (await give(
      ctx,
      facts,
      task,
      { type: 'handTask', task, to, version: Number(version) },
      'tasks.toast.handed',
    )),
  say: async (ctx, facts, task) => {
    await toast(ctx);
    await openPrompt(ctx, { kind: 'comment', application: facts.application.id, task });
    await askReply(ctx, 'tasks.ask.comment');
  },
};

/** What was typed about a task: a time to put it off to, or words on it. */
export async function typedOfTask(
  ctx: StaffContext,
  { kind, application, task }: Extract<Prompt, { kind: 'snooze' | 'comment' }>,
  text: string,
): Promise<void> {
  const facts = await readCard(ctx.staff, ctx.member, application);
  if (!facts) return void (await say(ctx, 'refusal.noSuchApplication'));
  const until = kind === 'snooze' ? parseWhen(ctx, text) : undefined;
  if (kind === 'snooze' && until === undefined) return void (await say(ctx, 'tasks.ask.badWhen'));
  const order: Order =
    until === undefined ? { type: 'commentTask', task, text } : { type: 'snoozeTask', task, until };
  const decision = await perform(ctx, facts, order);
  if (!decision.ok) return refused(ctx, facts, decision);
  await closePrompt(ctx);
  await show(ctx, application, task);
}

/** Carry it out, say so, and draw the task as it is now; a refusal is said over the button. */
async function give(ctx: StaffContext, facts: CardFacts, task: string, order: Order, done?: string) {
  const decision = await perform(ctx, facts, order);
  if (decision.ok) await toast(ctx, done);
  else await refused(ctx, facts, decision);
  await show(ctx, facts.application.id, task);
  return decision;
}

async function ask(ctx: StaffContext, facts: CardFacts, task: string, menu: TaskMenu): Promise<void> {
  await toast(ctx);
  await show(ctx, facts.application.id, task, menu);
}

async function show(ctx: StaffContext, application: string, task: string, menu?: TaskMenu): Promise<void> {
  const facts = await readCard(ctx.staff, ctx.member, application);
  const drawn = facts && drawTask(facts, task, menu);
  if (!drawn) return void (await say(ctx, 'refusal.noSuchTask'));
  await (ctx.callbackQuery ? redraw(ctx, drawn) : send(ctx, drawn));
}

const missingMenu: TaskMenu = (facts, task) =>
  missingRows(facts, missingOf(facts.pipelines, facts.application, task));

const resultMenu: TaskMenu = (facts) => ({
  question: facts.speech.text('tasks.ask.result'),
  rows: outcomeRows(facts),
});
