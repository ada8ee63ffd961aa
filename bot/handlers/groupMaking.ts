import { Composer } from 'grammy';
import type { Group, GroupKind } from '../../flows/groups/group.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { mayChange } from '../../flows/groups/mayChange.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { redraw, say, send, toast, voice } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { parseWhen } from '../typedInterview.ts';
import { drawGroup } from '../views/groupViews.ts';

type Of<K extends Prompt['kind']> = Extract<Prompt, { kind: K }>;

/** Making a group: the vacancy by a button, the rest in one message. */
export const makeGroupActs = new Composer<StaffContext>();

makeGroupActs.callbackQuery(/^u:make:(interview|training)$/, async (ctx) => {
  const [, kind = ''] = ctx.match;
  const open = await ctx.staff.db.vacancies
    .find({ status: 'open' })
    .sort({ createdAt: -1 })
    .limit(12)
    .toArray();
  await toast(ctx);
  const said = voice(ctx);
  const buttons = open.map(({ _id, title }) => [
    { label: said.label({ words: title }), data: `u:vacancy:${kind}:${_id}` },
  ]);
  const text = said.text(open.length > 0 ? 'group.staff.askVacancy' : 'group.staff.noVacancies');
  await redraw(ctx, { text, buttons: [...buttons, [said.button('group.staff.button.all', 'u:all')]] });
});
makeGroupActs.callbackQuery(/^u:vacancy:(interview|training):(.+)$/, async (ctx) => {
  const [, kind, id = ''] = ctx.match;
  const vacancy = await ctx.staff.db.vacancies.findOne({ _id: id, status: 'open' });
  if (!vacancy) return toast(ctx, 'refusal.noSuchVacancy', undefined, true);
  const what: GroupKind = kind === 'training' ? 'training' : 'interview';
  await toast(ctx);
  await openPrompt(ctx, { kind: 'groupMake', what, vacancy: id });
  const params = { what: { key: `group.kind.${what}` }, vacancy: { words: vacancy.title } };
  await say(ctx, 'group.staff.askDetails', params);
});

/** When, for how long, how many places, where: a line each. What is wrong is said, and asked again. */
export async function typedGroup(
  ctx: StaffContext,
  { what, vacancy: id }: Of<'groupMake'>,
  text: string,
): Promise<void> {
  const vacancy = await ctx.staff.db.vacancies.findOne({ _id: id, status: 'open' });
  if (!vacancy) return closeWith(ctx, 'refusal.noSuchVacancy');
  const [when = '', numbers = '', ...where] = text.split('\n').map((line) => line.trim());
  const start = parseWhen(ctx, when);
  if (start === undefined) return void (await say(ctx, 'group.staff.badWhen'));
  const [minutes = 0, places = 0] = (numbers.match(/\d+/g) ?? []).map(Number);
  if (minutes < 10 || minutes > 600 || places < 1 || places > 100)
    return void (await say(ctx, 'group.staff.badNumbers'));
  const held = meetingPlace(vacancy, where.join(' ').trim().slice(0, 250));
  if (!held) return void (await say(ctx, 'group.staff.badPlace'));
  const group = {
    // The same message again makes the same group.
    _id: `g${ctx.update.update_id.toString(36)}`,
    kind: what,
    vacancy: id,
    start,
    minutes,
    places,
    ...held,
    host: ctx.member._id,
    by: ctx.member._id,
    createdAt: ctx.staff.clock.now(),
  };
  await ctx.staff.groups.make(group, eventId(ctx));
  await closePrompt(ctx);
  await showNew(ctx, group._id, 'group.staff.made');
  const clash = await ctx.staff.db.slots.countDocuments({
    interviewer: ctx.member._id,
    start: { $gt: start - ctx.staff.policy.slot.minutes * 60_000, $lt: start + minutes * 60_000 },
  });
  if (clash > 0) await say(ctx, 'group.staff.clash', { count: clash });
}

/** Where it is held: as it was typed, else as the vacancy has it; undefined when nothing is known. */
function meetingPlace(vacancy: Vacancy, typed: string): Pick<Group, 'format' | 'place'> | undefined {
  if (/^https?:\/\/\S+$/.test(typed)) return { format: 'zoom', place: typed };
  if (typed) return { format: 'office', place: typed };
  if (vacancy.address) return { format: 'office', place: vacancy.address };
  return vacancy.link ? { format: 'zoom', place: vacancy.link } : undefined;
}

/** The group's new time: everybody is told. */
export async function typedGroupMove(
  ctx: StaffContext,
  { group: id }: Of<'groupMove'>,
  text: string,
): Promise<void> {
  const start = parseWhen(ctx, text);
  if (start === undefined) return void (await say(ctx, 'group.staff.badWhen'));
  await change(ctx, id, { start }, 'group.staff.moved');
}

/** How many places there are to be. Fewer than are taken is no answer: it is asked again. */
export async function typedGroupPlaces(
  ctx: StaffContext,
  { group: id }: Of<'groupPlaces'>,
  text: string,
): Promise<void> {
  const places = /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : 0;
  if (places < 1 || places > 100) return void (await say(ctx, 'group.staff.badPlaces'));
  await change(ctx, id, { places }, 'group.staff.resized');
}

/** Words for all of them, or for all their cards. */
export async function typedGroupText(
  ctx: StaffContext,
  { group: id, to }: Of<'groupText'>,
  text: string,
): Promise<void> {
  await change(ctx, id, { text: text.trim().slice(0, 2_000), to }, `group.staff.sent.${to}`);
}

async function change(
  ctx: StaffContext,
  id: string,
  what: Parameters<StaffContext['staff']['groups']['change']>[2],
  done: string,
): Promise<void> {
  const { db, groups } = ctx.staff;
  const group = await db.groups.findOne({ _id: id });
  if (!group || !mayChange(ctx.member, group)) return closeWith(ctx, 'refusal.notHost');
  const changed = await groups.change(id, group.version, what, ctx.member._id, eventId(ctx));
  if (!changed.ok && changed.code === 'placesTaken')
    return void (await say(ctx, 'refusal.placesTaken', changed.params));
  await closePrompt(ctx);
  await showNew(ctx, id, changed.ok ? done : `refusal.${changed.code}`);
}

async function showNew(ctx: StaffContext, id: string, key: string): Promise<void> {
  const drawn = await drawGroup(ctx.staff, ctx.member, id);
  if (drawn) await send(ctx, { ...drawn, text: `${voice(ctx).text(key)}\n\n${drawn.text}` });
}

async function closeWith(ctx: StaffContext, key: string): Promise<void> {
  await say(ctx, key);
  await closePrompt(ctx);
}
