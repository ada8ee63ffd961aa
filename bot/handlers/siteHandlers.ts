import { Composer } from 'grammy';
import { type Posting, postingKey } from '../../flows/sites/posting.ts';
import { sourceNames } from '../../flows/sites/sourceNames.ts';
import { redraw, say, send, toast, voice } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawConsent, drawPick, drawPosting, drawSites } from '../views/siteViews.ts';

/** Where leads come from by themselves: `/sites`, and which vacancy an unknown posting is. The head's alone. */
export const siteHandlers = new Composer<StaffContext>();

siteHandlers.command('sites', async (ctx) => {
  if (ctx.member.role !== 'head') return void (await say(ctx, 'sites.headOnly'));
  await send(ctx, await drawSites(ctx.staff, ctx.member));
});
siteHandlers.callbackQuery(/^si:(all|read)$/, async (ctx) => {
  if (ctx.member.role !== 'head') return toast(ctx, 'sites.headOnly', undefined, true);
  const read = ctx.match[1] === 'read';
  if (read) for (const name of ctx.staff.sources.connected) await ctx.staff.sources.ring(name);
  await toast(ctx, read ? 'sites.toast.read' : undefined);
  await redraw(ctx, await drawSites(ctx.staff, ctx.member));
});

siteHandlers.callbackQuery(/^si:connect:(\w+)$/, async (ctx) => {
  if (ctx.member.role !== 'head') return toast(ctx, 'sites.headOnly', undefined, true);
  const source = sourceNames.find((name) => name === ctx.match[1]);
  const drawn = source && drawConsent(ctx.staff, ctx.member, source);
  if (!drawn) return toast(ctx, 'staff.toast.stale', undefined, true);
  await toast(ctx);
  await send(ctx, drawn);
});

const acts: Record<string, (ctx: StaffContext, posting: Posting, argument: string) => Promise<unknown>> = {
  open: show,
  pick: async (ctx, posting, page) => {
    await toast(ctx);
    await redraw(ctx, await drawPick(ctx.staff, ctx.member, posting, Number(page)));
  },
  on: putOn,
  drop: async (ctx, posting) => {
    const { db, sources } = ctx.staff;
    // Somebody was faster, from another message or from the vacancy's card.
    const on = await db.vacancies.findOne({ postings: { $elemMatch: posting }, status: 'open' });
    if (on) return toast(ctx, 'sites.toast.placed', { vacancy: { words: on.title } }, true);
    await sources.drop(posting, ctx.member._id, eventId(ctx));
    await show(ctx, posting);
  },
  takeBack: async (ctx, posting) => {
    await ctx.staff.sources.takeBack(posting, ctx.member._id, eventId(ctx));
    await show(ctx, posting);
  },
};

siteHandlers.callbackQuery(/^si:(\w+):(\w+):([^:]*)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', name, id = '', argument = ''] = ctx.match;
  const source = sourceNames.find((one) => one === name);
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!source || !act) return toast(ctx, 'staff.toast.stale', undefined, true);
  if (ctx.member.role !== 'head') return toast(ctx, 'sites.headOnly', undefined, true);
  await act(ctx, { source, id }, argument);
});

/** One posting; all of them when nobody waits for this one any more. */
async function show(ctx: StaffContext, posting: Posting): Promise<void> {
  const row = await ctx.staff.db.postings.findOne({ _id: postingKey(posting) });
  await toast(ctx, row ? undefined : 'sites.toast.gone');
  const drawn = row ? drawPosting(ctx.staff, ctx.member, row) : drawSites(ctx.staff, ctx.member);
  await redraw(ctx, await drawn);
}

/** Everybody who waits goes there, and whoever comes by it later. */
async function putOn(ctx: StaffContext, posting: Posting, to: string): Promise<void> {
  const { db, sources } = ctx.staff;
  const vacancy = await db.vacancies.findOne({ _id: to, status: 'open' });
  if (!vacancy) return toast(ctx, 'sites.toast.closed', undefined, true);
  await sources.put(posting, to, ctx.member._id, eventId(ctx));
  await toast(ctx);
  const said = voice(ctx);
  const params = {
    source: { key: `source.${posting.source}` },
    posting: posting.id || { key: 'sites.noPosting' },
    vacancy: { words: vacancy.title },
  };
  await redraw(ctx, {
    text: said.text('sites.placed', params),
    buttons: [
      [said.button('sites.button.vacancy', `v:open:${to}`), said.button('sites.button.all', 'si:all')],
      [said.button('sites.button.other', `si:pick:${postingKey(posting)}:0`)],
    ],
  });
}
