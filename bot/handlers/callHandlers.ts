import { personName } from '../../flows/personName.ts';
import { Composer } from 'grammy';
import { againChoices } from '../../flows/calls/calls.ts';
import { callResultName } from '../../flows/calls/callResultName.ts';
import { type Order, perform, refused } from '../act.ts';
import { nextCall, showCall } from '../calls/nextCall.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, edit, redraw, say, toast, voice } from '../reply.ts';
import { forgetPlace, isCard } from '../showCard.ts';
import { readMoment } from '../readMoment.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawAgain, drawCallScreen } from '../views/callScreen.ts';
import type { CardFacts } from '../views/cardFacts.ts';
import { readCard } from '../views/makeCard.ts';

type CallResult = Extract<Order, { type: 'callResult' }>;
type Act = (ctx: StaffContext, facts: CardFacts, rest: string) => Promise<void>;

/** The call list: `/calls`, and the buttons of a person on the screen, `d:<verb>:<application>[:…]`. */
export const callHandlers = new Composer<StaffContext>();

callHandlers.command('calls', (ctx) => nextCall(ctx, 'new'));
callHandlers.callbackQuery('m:calls', async (ctx) => {
  await toast(ctx);
  await nextCall(ctx, 'new');
});
callHandlers.callbackQuery(/^d:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  const facts = await readCard(ctx.staff, ctx.member, id);
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!facts || !act) return toast(ctx, 'staff.toast.stale', undefined, true);
  await act(ctx, facts, rest);
});

const acts: Record<string, Act> = {
  open: async (ctx, facts) => {
    const { id } = facts.application;
    const shown = await showCall(ctx, id, isCard(ctx) ? 'here' : 'new', 0);
    if (!shown.ok) return refused(ctx, facts, shown);
    await toast(ctx);
    if (isCard(ctx)) await forgetPlace(ctx, id);
  },
  back: async (ctx, facts) => {
    await toast(ctx);
    await redraw(ctx, drawCallScreen(facts, 0));
  },
  missed: async (ctx, facts) => {
    await toast(ctx);
    await redraw(ctx, drawAgain(facts, ctx.staff.policy));
  },
  again: (ctx, facts, choice) =>
    finish(ctx, facts, {
      type: 'callResult',
      result: 'missed',
      again: againChoices.find((one) => one === choice) ?? 'later',
    }),
  give: (ctx, facts, outcome) => finish(ctx, facts, { type: 'callResult', result: 'outcome', outcome }),
  wrongNumber: (ctx, facts) => finish(ctx, facts, { type: 'callResult', result: 'wrongNumber' }),
  talked: (ctx, facts) => finish(ctx, facts, { type: 'callResult', result: 'talked' }),
  skip: (ctx, facts) => finish(ctx, facts, { type: 'callResult', result: 'skip' }),
  callBack: (ctx, facts) => ask(ctx, facts, 'callAt', 'calls.screen.askWhen'),
  phone: (ctx, facts) => ask(ctx, facts, 'phone', 'calls.screen.askPhone'),
};

async function ask(
  ctx: StaffContext,
  facts: CardFacts,
  kind: 'callAt' | 'phone',
  key: string,
): Promise<void> {
  await toast(ctx);
  const card = ctx.callbackQuery?.message?.message_id ?? 0;
  await openPrompt(ctx, { kind, application: facts.application.id, card });
  await askReply(ctx, key, { name: personName(facts.candidate) });
}

/** When they asked to be rung back, as typed. */
export async function typedCallTime(
  ctx: StaffContext,
  { application, card }: Extract<Prompt, { kind: 'callAt' }>,
  text: string,
): Promise<void> {
  const moment = readMoment(ctx.staff, ctx.member, text, ctx.staff.clock.now());
  if (!moment.ok) return void (await say(ctx, `calls.moment.${moment.code}`));
  const facts = await readCard(ctx.staff, ctx.member, application);
  if (!facts) return void (await say(ctx, 'refusal.noSuchApplication'));
  await finish(ctx, facts, { type: 'callResult', result: 'callBack', at: moment.at }, card);
  await closePrompt(ctx);
}

/** The right number, as the recruiter found it. */
export async function typedPhone(
  ctx: StaffContext,
  { application }: Extract<Prompt, { kind: 'phone' }>,
  text: string,
): Promise<void> {
  const facts = await readCard(ctx.staff, ctx.member, application);
  if (!facts) return void (await say(ctx, 'refusal.noSuchApplication'));
  const decision = await perform(ctx, facts, { type: 'setPhone', phone: text });
  if (!decision.ok && decision.code === 'badPhone') return void (await say(ctx, 'calls.screen.badPhone'));
  if (!decision.ok) return refused(ctx, facts, decision);
  await say(ctx, 'calls.screen.phoneKept', { phone: decision.state.phone ?? '—' });
  await closePrompt(ctx);
}

/** Write the result down: the screen becomes a line that says it, and the next person follows at once. */
async function finish(ctx: StaffContext, facts: CardFacts, order: CallResult, card?: number): Promise<void> {
  const decision = await perform(ctx, facts, order);
  if (!decision.ok) {
    await refused(ctx, facts, decision);
    if (ctx.callbackQuery && decision.code === 'wrongStage') await redraw(ctx, doneLine(ctx, facts, order));
    return;
  }
  await toast(ctx);
  const after = (await readCard(ctx.staff, ctx.member, facts.application.id)) ?? facts;
  const line = doneLine(ctx, after, order);
  if (card === undefined) await redraw(ctx, line);
  else await edit(ctx, card, line);
  await nextCall(ctx, 'new');
}

function doneLine(ctx: StaffContext, facts: CardFacts, { result, outcome = '' }: CallResult) {
  const said = voice(ctx);
  const { application, candidate, vacancy, pipelines, now } = facts;
  const { after } = application.calls ?? {};
  const again =
    result !== 'skip' && after !== undefined && after > now
      ? { key: 'calls.again', params: { when: { at: after, as: 'dateTime' as const } } }
      : '';
  const button = (verb: string, data: string) =>
    said.button(`calls.button.${verb}`, `${data}:${application.id}`);
  const reachable = candidate.channels.some(({ blocked }) => !blocked);
  return {
    text: said.text(result === 'skip' ? 'calls.screen.skipped' : 'calls.screen.done', {
      name: personName(candidate),
      vacancy: { words: vacancy?.title ?? { ru: '—' } },
      result: callResultName(pipelines, result === 'outcome' ? outcome : result),
      again,
    }),
    buttons: [
      ...(result === 'wrongNumber' ? [[button('phone', 'd:phone')]] : []),
      // Without a chat nobody can pick a window: the time is set by word of mouth.
      ...(application.stage === 'invited' && !reachable ? [[button('when', 's:when')]] : []),
      ...(application.stage === 'withdrawn'
        ? [[said.button('calls.button.terms', `s:fill:${application.id}:terms`)]]
        : []),
      [said.button('staff.button.card', `s:card:${application.id}`)],
    ],
  };
}
