import type { FreeSlot } from '../flows/facts.ts';
import { ownWindow } from '../flows/ownWindow.ts';
import type { Format } from '../flows/vacancy.ts';
import { perform, refused } from './act.ts';
import { openPrompt } from './prompt.ts';
import { nearestRows } from './views/slotButtons.ts';
import { say, toast } from './reply.ts';
import { showCard, type SubMenu } from './showCard.ts';
import type { StaffContext } from './staffContext.ts';
import type { CardFacts } from './views/cardFacts.ts';

/** How often, and how far apart in milliseconds, the answer to a booking is looked for. */
const looks = 20;
const apart = 50;

/**
 * Ask for a window. It is taken by one conditional write after the decision, so the answer is waited for a moment:
 * the card then shows the interview, or the nearest free times when somebody was faster: another may be typed, too.
 *
 * @param at the card to draw over, when no button was pressed
 */
export async function setInterview(
  ctx: StaffContext,
  facts: CardFacts,
  format: Format,
  start: number,
  at?: number,
): Promise<void> {
  const { application, vacancy } = facts;
  const free = await freeFor(ctx, facts, format);
  const slot = free.find((one) => one.start === start);
  const interviewer = slot?.interviewer ?? vacancy?.interviewers[0] ?? '';
  const decision = await perform(ctx, facts, { type: 'setInterview', interviewer, start, format });
  if (!decision.ok && decision.code !== 'slotTaken') {
    await refused(ctx, facts, decision);
    return void (await showCard(ctx, application.id, undefined, at));
  }
  const outcome = decision.ok ? await settled(ctx, application.id, start, format) : 'slotTaken';
  const when = { at: start, as: 'dateTime' as const };
  // Whoever it is the recruiter of hears of it by the notice.
  const told = outcome === 'interviewSet' && (application.recruiter ?? ctx.member._id) === ctx.member._id;
  if (ctx.callbackQuery) await toast(ctx, `staff.toast.${outcome}`, { when });
  else if (outcome !== 'slotTaken' && !told) await say(ctx, `staff.toast.${outcome}`, { when });
  if (outcome !== 'slotTaken') return void (await showCard(ctx, application.id, undefined, at));
  const left = await freeFor(ctx, facts, format);
  const menu: SubMenu = ({ speech }) => ({
    question: speech.text('staff.ask.nearest', { when }),
    rows: nearestRows(speech, application.id, format, left, start),
  });
  await showCard(ctx, application.id, menu, at);
  const card = at ?? ctx.callbackQuery?.message?.message_id ?? 0;
  await openPrompt(ctx, { kind: 'when', application: application.id, format, card });
}

/** The free windows of the vacancy, with the application's own one when it may be held in this format instead. */
export async function freeFor(
  ctx: StaffContext,
  { application, vacancy }: Pick<CardFacts, 'application' | 'vacancy'>,
  format: Format,
): Promise<FreeSlot[]> {
  const free = vacancy ? await ctx.staff.free(vacancy) : [];
  const own = ownWindow(application, format, ctx.staff.clock.now());
  return own ? [...free, own].sort((a, b) => a.start - b.start) : free;
}

/** What came of the booking; `booking` when it is not known yet: the product tells by itself then. */
async function settled(
  ctx: StaffContext,
  id: string,
  start: number,
  format: Format,
): Promise<'interviewSet' | 'slotTaken' | 'booking'> {
  const { db } = ctx.staff;
  for (let look = 0; look < looks; look += 1) {
    const candidate = await db.candidates.findOne({ 'applications.id': id });
    const interview = candidate?.applications.find((one) => one.id === id)?.interview;
    if (interview?.start === start && interview.format === format) return 'interviewSet';
    const owners = await db.slots.find({ start }).toArray();
    if (owners.length > 0 && !owners.some(({ application }) => application === id)) return 'slotTaken';
    await new Promise((resolve) => setTimeout(resolve, apart));
  }
  return 'booking';
}
