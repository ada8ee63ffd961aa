import { Composer } from 'grammy';
import { audienceGroups, type Broadcast, longestBroadcast } from '../../flows/broadcasts/broadcast.ts';
import { randomId } from '../../runtime/clock.ts';
import { countAudience } from '../../runtime/audience.ts';
import { readMoment } from '../readMoment.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, redraw, say, send, toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import {
  drawBroadcast,
  drawBroadcasts,
  drawChoice,
  drawPreview,
  mayWriteTo,
} from '../views/broadcastViews.ts';

/** Broadcasts: `/broadcast`, and the buttons of one, `bc:<verb>:<broadcast>[:<argument>]`. */
export const broadcastHandlers = new Composer<StaffContext>();

broadcastHandlers.command('broadcast', async (ctx) => {
  await send(ctx, await drawBroadcasts(ctx.staff, ctx.member));
});
broadcastHandlers.callbackQuery('bc:list', async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawBroadcasts(ctx.staff, ctx.member));
});
broadcastHandlers.callbackQuery('bc:new', async (ctx) => {
  await toast(ctx);
  const draft = await makeDraft(ctx);
  await redraw(ctx, await drawBroadcast(ctx.staff, ctx.member, draft));
});
broadcastHandlers.callbackQuery(/^bc:(\w+):([\w-]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  const broadcast = await theBroadcast(ctx, id);
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!broadcast || !act) return toast(ctx, 'staff.toast.stale', undefined, true);
  await act(ctx, broadcast, rest);
});

type Act = (ctx: StaffContext, broadcast: Broadcast, rest: string) => Promise<void>;

const acts: Record<string, Act> = {
  open: async (ctx, { _id }) => {
    await toast(ctx);
    await redrawOne(ctx, _id);
  },
  pick: async (ctx, broadcast, what) => {
    await toast(ctx);
    await redraw(
      ctx,
      await drawChoice(ctx.staff, ctx.member, broadcast, what === 'group' ? 'group' : 'vacancy'),
    );
  },
  vacancy: (ctx, broadcast, vacancy) => change(ctx, broadcast, { vacancy: vacancy || undefined }),
  group: (ctx, broadcast, wanted) =>
    change(ctx, broadcast, { group: audienceGroups.find((group) => group === wanted) }),
  text: (ctx, broadcast) => ask(ctx, broadcast, 'broadcastText', { longest: longestBroadcast }),
  city: (ctx, broadcast) => ask(ctx, broadcast, 'broadcastCity'),
  when: (ctx, broadcast) => ask(ctx, broadcast, 'broadcastWhen'),
  anyCity: (ctx, broadcast) => change(ctx, broadcast, { city: undefined }),
  ads: async (ctx, { _id, ads }) => {
    await ctx.staff.db.broadcasts.updateOne({ _id, status: 'draft' }, { $set: { ads: !ads } });
    await toast(ctx);
    await redrawOne(ctx, _id);
  },
  preview: async (ctx, broadcast) => {
    await toast(ctx);
    await send(ctx, drawPreview(ctx.staff, ctx.member, broadcast));
  },
  sure: async (ctx, broadcast) => {
    await toast(ctx);
    await redraw(ctx, await drawBroadcast(ctx.staff, ctx.member, broadcast, true));
  },
  go: async (ctx, broadcast) => {
    const { db, clock, broadcasts } = ctx.staff;
    const people = await countAudience(db, broadcast.audience, broadcast.ads);
    const ready = broadcast.text !== '' && people > 0 && mayWriteTo(ctx.member, broadcast);
    const begun =
      ready && (await broadcasts.schedule(broadcast._id, Math.max(broadcast.at ?? 0, clock.now())));
    await toast(ctx, begun ? 'broadcast.toast.begun' : 'staff.toast.stale', undefined, !begun);
    await redrawOne(ctx, broadcast._id);
  },
  pause: (ctx, { _id }) => turn(ctx, _id, 'paused'),
  resume: (ctx, { _id }) => turn(ctx, _id, 'running'),
  stop: (ctx, { _id }) => turn(ctx, _id, 'stopped'),
};

/** What was typed for a broadcast: its text, a city, a time to begin. */
export async function typedOfBroadcast(
  ctx: StaffContext,
  { kind, broadcast: id }: Extract<Prompt, { kind: 'broadcastText' | 'broadcastCity' | 'broadcastWhen' }>,
  text: string,
): Promise<void> {
  const broadcast = await theBroadcast(ctx, id);
  if (broadcast?.status !== 'draft') return void (await say(ctx, 'broadcast.gone'));
  const set = await readTyped(ctx, kind, broadcast, text.trim());
  if (!set) return;
  await ctx.staff.db.broadcasts.updateOne({ _id: id, status: 'draft' }, { $set: set });
  await closePrompt(ctx);
  await send(ctx, await drawBroadcast(ctx.staff, ctx.member, { ...broadcast, ...set }));
}

async function readTyped(
  ctx: StaffContext,
  kind: 'broadcastText' | 'broadcastCity' | 'broadcastWhen',
  { audience }: Broadcast,
  text: string,
): Promise<Partial<Broadcast> | undefined> {
  if (kind === 'broadcastCity') return { audience: { ...audience, city: text.slice(0, 60) } };
  if (kind === 'broadcastText') {
    if (text.length <= longestBroadcast) return { text };
    await say(ctx, 'broadcast.tooLong', { longest: longestBroadcast, length: text.length });
    return undefined;
  }
  const moment = readMoment(ctx.staff, ctx.member, text, ctx.staff.clock.now());
  if (moment.ok) return { at: moment.at };
  await say(ctx, `calls.moment.${moment.code}`);
  return undefined;
}

async function makeDraft(ctx: StaffContext): Promise<Broadcast> {
  const { db, clock } = ctx.staff;
  const broadcast: Broadcast = {
    _id: randomId(8).replaceAll(/[-_]/g, 'x'),
    by: ctx.member._id,
    createdAt: clock.now(),
    audience: {},
    text: '',
    ads: false,
    status: 'draft',
  };
  await db.broadcasts.insertOne(broadcast);
  return broadcast;
}

async function change(
  ctx: StaffContext,
  broadcast: Broadcast,
  set: Partial<Record<keyof Broadcast['audience'], string | undefined>>,
) {
  const merged = { ...broadcast.audience, ...set };
  const audience = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  await ctx.staff.db.broadcasts.updateOne({ _id: broadcast._id, status: 'draft' }, { $set: { audience } });
  await toast(ctx);
  await redrawOne(ctx, broadcast._id);
}

async function ask(
  ctx: StaffContext,
  { _id: broadcast }: Broadcast,
  kind: 'broadcastText' | 'broadcastCity' | 'broadcastWhen',
  params: Record<string, number> = {},
): Promise<void> {
  await toast(ctx);
  await openPrompt(ctx, { kind, broadcast });
  await askReply(ctx, `broadcast.ask.${kind}`, params);
}

async function turn(ctx: StaffContext, id: string, to: 'running' | 'paused' | 'stopped'): Promise<void> {
  const done = await ctx.staff.broadcasts.turn(id, to);
  await toast(ctx, done ? `broadcast.toast.${to}` : 'staff.toast.stale');
  await redrawOne(ctx, id);
}

async function redrawOne(ctx: StaffContext, id: string): Promise<void> {
  const broadcast = await theBroadcast(ctx, id);
  if (broadcast) await redraw(ctx, await drawBroadcast(ctx.staff, ctx.member, broadcast));
}

/** One of their own; the head sees all. */
async function theBroadcast(ctx: StaffContext, id: string): Promise<Broadcast | undefined> {
  const broadcast = await ctx.staff.db.broadcasts.findOne({ _id: id });
  if (!broadcast || (ctx.member.role !== 'head' && broadcast.by !== ctx.member._id)) return undefined;
  return broadcast;
}
