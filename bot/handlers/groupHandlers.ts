import { Composer } from 'grammy';
import type { Group } from '../../flows/groups/group.ts';
import { type Order, perform, refused, theApplication } from '../act.ts';
import { candidatesFor, drawPick } from '../views/groupPick.ts';
import { mayChange } from '../../flows/groups/mayChange.ts';
import { openPrompt } from '../prompt.ts';
import { redraw, say, send, toast, voice } from '../reply.ts';
import { readGroup } from '../../runtime/readGroup.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawAttendance, drawGroup, drawGroups, perPage, toGroup } from '../views/groupViews.ts';
import { makeGroupActs } from './groupMaking.ts';

type Act = (ctx: StaffContext, group: Group, ...rest: string[]) => Promise<void>;

/** Groups: `/groups`, and its buttons `u:<verb>[:<group>[:…]]`. */
export const groupHandlers = new Composer<StaffContext>();

groupHandlers.command('groups', async (ctx) => {
  await send(ctx, await drawGroups(ctx.staff, ctx.member));
});
groupHandlers.callbackQuery('u:all', async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawGroups(ctx.staff, ctx.member));
});
groupHandlers.use(makeGroupActs);
groupHandlers.callbackQuery(/^u:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  const group = await ctx.staff.db.groups.findOne({ _id: id });
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!group || !act) return toast(ctx, 'staff.toast.stale', undefined, true);
  if (changes.has(verb) && !mayChange(ctx.member, group))
    return toast(ctx, 'refusal.notHost', undefined, true);
  await act(ctx, group, ...rest.split(':'));
});

/** What only the host and the head may do. */
const changes = new Set(['move', 'places', 'cancel', 'cancelNow', 'message', 'note']);

const acts: Record<string, Act> = {
  open: async (ctx, group) => {
    await toast(ctx);
    await show(ctx, group._id);
  },
  add: async (ctx, group, page = '0') => {
    await toast(ctx);
    await redraw(ctx, await drawPick(ctx.staff, ctx.member, group, Number(page) || 0));
  },
  invite: (ctx, group, application = '', page) => give(ctx, group, application, page, 'inviteToGroup'),
  seat: (ctx, group, application = '', page) => give(ctx, group, application, page, 'addToGroup'),
  inviteAll: async (ctx, group, page = '0') => {
    const all = await candidatesFor(ctx.staff.db, ctx.member, group);
    const some = all.slice(Number(page) * perPage, (Number(page) + 1) * perPage);
    let count = 0;
    for (const { application } of some) {
      const found = await theApplication(ctx, application.id);
      const order: Order = { type: 'inviteToGroup', group: group._id };
      if (found && (await perform(ctx, found, order, application.id)).ok) count += 1;
    }
    await toast(ctx, 'group.staff.toast.invitedAll', { count });
    await show(ctx, group._id);
  },
  attendance: async (ctx, group, page = '0') => {
    if (group.start > ctx.staff.clock.now())
      return toast(ctx, 'group.staff.early', { when: { at: group.start, as: 'dateTime' } }, true);
    await toast(ctx);
    await showAttendance(ctx, group._id, page);
  },
  came: (ctx, group, application = '', page) => mark(ctx, group, application, page, 'came'),
  missed: (ctx, group, application = '', page) => mark(ctx, group, application, page, 'notWarned'),
  message: (ctx, group) => askText(ctx, group, 'people'),
  note: (ctx, group) => askText(ctx, group, 'cards'),
  move: async (ctx, group) => {
    await toast(ctx);
    await openPrompt(ctx, { kind: 'groupMove', group: group._id });
    await say(ctx, 'group.staff.askMove');
  },
  places: async (ctx, { _id }) => {
    const facts = await readGroup(ctx.staff.db, _id);
    await toast(ctx);
    if (!facts) return;
    await openPrompt(ctx, { kind: 'groupPlaces', group: _id });
    await say(ctx, 'group.staff.askPlaces', { places: facts.group.places, taken: facts.taken });
  },
  cancel: async (ctx, group) => {
    await toast(ctx);
    const said = voice(ctx);
    await redraw(ctx, {
      text: said.text('group.staff.sureOff'),
      buttons: [
        [said.button('group.staff.button.cancelNow', `u:cancelNow:${group._id}`, { style: 'danger' })],
        [toGroup(said, group._id)],
      ],
    });
  },
  cancelNow: async (ctx, group) => {
    const { clock, groups } = ctx.staff;
    const change = { cancelled: clock.now() };
    const done = await groups.change(group._id, group.version, change, ctx.member._id, eventId(ctx));
    await toast(ctx, done.ok ? 'group.staff.wasOff' : `refusal.${done.code}`, undefined, !done.ok);
    await show(ctx, group._id);
  },
};

async function askText(ctx: StaffContext, group: Group, to: 'people' | 'cards'): Promise<void> {
  await toast(ctx);
  await openPrompt(ctx, { kind: 'groupText', group: group._id, to });
  await say(ctx, `group.staff.askText.${to}`);
}

/** Invite or add one of the list, and show the list without them. */
async function give(
  ctx: StaffContext,
  group: Group,
  application: string,
  page = '0',
  type: 'inviteToGroup' | 'addToGroup',
): Promise<void> {
  const found = await theApplication(ctx, application);
  if (!found) return;
  const decision = await perform(ctx, found, { type, group: group._id });
  if (!decision.ok) return refused(ctx, found, decision);
  await toast(ctx, `group.staff.toast.${type === 'addToGroup' ? 'added' : 'invited'}`);
  await redraw(ctx, await drawPick(ctx.staff, ctx.member, group, Number(page)));
}

/** Came or not: one tap each, as often as it takes to be right. */
async function mark(
  ctx: StaffContext,
  group: Group,
  application: string,
  page = '0',
  attendance: 'came' | 'notWarned',
): Promise<void> {
  const found = await theApplication(ctx, application);
  if (!found) return;
  const decision = await perform(ctx, found, { type: 'recordAttendance', attendance });
  if (!decision.ok) return refused(ctx, found, decision);
  await toast(ctx, 'group.staff.toast.marked');
  await showAttendance(ctx, group._id, page);
}

async function showAttendance(ctx: StaffContext, id: string, page: string): Promise<void> {
  const drawn = await drawAttendance(ctx.staff, ctx.member, id, Number(page) || 0);
  if (drawn) await redraw(ctx, drawn);
}

async function show(ctx: StaffContext, id: string): Promise<void> {
  const drawn = await drawGroup(ctx.staff, ctx.member, id);
  if (drawn) await redraw(ctx, drawn);
}
