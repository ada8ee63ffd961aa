import { postingKey } from '../../flows/sites/posting.ts';
import { readPosting } from '../../flows/sites/readPosting.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { parsePhone } from '../../runtime/readFacts.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, redraw, say, send } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawPostings } from '../views/postingViews.ts';
import { mayChange } from '../views/vacancyViews.ts';

/** A vacancy's ads on job sites, and its numbers. */
export async function showPostings(ctx: StaffContext, vacancy: Vacancy): Promise<void> {
  await redraw(ctx, drawPostings(ctx.staff.words, ctx.member, vacancy));
}

export async function askPosting(ctx: StaffContext, { _id }: Vacancy): Promise<void> {
  await openPrompt(ctx, { kind: 'posting', vacancy: _id });
  await askReply(ctx, 'sites.posting.ask');
}

/** It is advertised there no more. @param key of the posting */
export async function dropPosting(ctx: StaffContext, vacancy: Vacancy, key: string): Promise<void> {
  const posting = vacancy.postings?.find((one) => postingKey(one) === key);
  if (posting) await ctx.staff.vacancies.dropPosting(vacancy._id, posting, ctx.member._id, eventId(ctx));
  await again(ctx, vacancy._id, redraw);
}

/** A link of an ad, or a number. */
export async function typedPosting(
  ctx: StaffContext,
  { vacancy: id }: Extract<Prompt, { kind: 'posting' }>,
  text: string,
): Promise<void> {
  const { db, vacancies } = ctx.staff;
  const read = readPosting(text, parsePhone);
  if (!read.ok) return void (await say(ctx, `sites.posting.bad.${read.why}`));
  const vacancy = await db.vacancies.findOne({ _id: id });
  if (!vacancy || !mayChange(ctx.member, vacancy)) return void (await say(ctx, 'refusal.notAllowed'));
  const other = await vacancies.addPosting(id, read.posting, ctx.member._id, eventId(ctx));
  if (other) return void (await say(ctx, 'sites.posting.taken', { vacancy: { words: other.title } }));
  await closePrompt(ctx);
  await again(ctx, id, send);
}

async function again(ctx: StaffContext, id: string, show: typeof redraw | typeof send): Promise<void> {
  const vacancy = await ctx.staff.db.vacancies.findOne({ _id: id });
  if (vacancy) await show(ctx, drawPostings(ctx.staff.words, ctx.member, vacancy));
}
