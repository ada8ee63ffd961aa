import { parseMoney } from '../../flows/costs/parseMoney.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, redraw, say, send } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawCosts } from '../views/costViews.ts';
import { mayChange } from '../views/vacancyViews.ts';

/** Sources one pays for most often; any of them is recognised in what is typed. */
const paid = ['hh', 'avito', 'telegram', 'whatsapp', 'vk', 'max', 'site', 'referral', 'flyer', 'email'];

/** What was spent on a vacancy, and what one hire cost. */
export async function showCosts(ctx: StaffContext, vacancy: Vacancy): Promise<void> {
  await redraw(ctx, await drawCosts(ctx.staff, ctx.member, vacancy));
}

export async function askCost(ctx: StaffContext, { _id }: Vacancy): Promise<void> {
  await openPrompt(ctx, { kind: 'cost', vacancy: _id });
  await askReply(ctx, 'costs.ask');
}

/** It was put down by mistake. */
export async function dropCost(ctx: StaffContext, vacancy: Vacancy, cost: string): Promise<void> {
  await ctx.staff.vacancies.dropCost(vacancy._id, cost, ctx.member._id);
  await again(ctx, vacancy._id, redraw);
}

/** "12 000 hh, the ad": the amount, perhaps its currency, and what it was for. */
export async function typedCost(
  ctx: StaffContext,
  { vacancy: id }: Extract<Prompt, { kind: 'cost' }>,
  text: string,
): Promise<void> {
  const { db, words, clock, policy, vacancies } = ctx.staff;
  const vacancy = await db.vacancies.findOne({ _id: id });
  const money = parseMoney(text, Object.values(words.lexicon));
  if (!money || money.amount <= 0 || money.rest.length > 200) return void (await say(ctx, 'costs.bad'));
  if (!vacancy || !mayChange(ctx.member, vacancy)) return void (await say(ctx, 'refusal.notAllowed'));
  const source = sourceIn(ctx, money.rest);
  await vacancies.addCost(id, {
    id: eventId(ctx),
    at: clock.now(),
    by: ctx.member._id,
    amount: money.amount,
    currency: money.currency ?? policy.currency,
    what: money.rest,
    ...(source && { source }),
  });
  await closePrompt(ctx);
  await again(ctx, id, send);
}

/** The source that is named there, by its code or as it is called in any language. */
function sourceIn(ctx: StaffContext, text: string): string | undefined {
  const { words } = ctx.staff;
  const said = text.toLowerCase();
  const names = (source: string) =>
    words.langs.map((lang) => words.label({ lang, zone: 'utc' }, { key: `source.${source}` }).toLowerCase());
  return paid.find(
    (source) => said.split(/[\s,.;:]+/).includes(source) || names(source).some((name) => said.includes(name)),
  );
}

async function again(ctx: StaffContext, id: string, show: typeof redraw | typeof send): Promise<void> {
  const vacancy = await ctx.staff.db.vacancies.findOne({ _id: id });
  if (vacancy) await show(ctx, await drawCosts(ctx.staff, ctx.member, vacancy));
}
