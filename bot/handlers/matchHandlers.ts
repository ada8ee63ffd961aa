import { Composer } from 'grammy';
import type { Vacancy } from '../../flows/vacancy.ts';
import { drawList, perPage, proposeMatches } from '../matching/drawMatches.ts';
import { type MatchList, readList, writeList } from '../matching/matchList.ts';
import { redraw, say, send, toast, voice } from '../reply.ts';
import { chatId, eventId, type StaffContext } from '../staffContext.ts';
import { mayChange } from '../views/vacancyViews.ts';

/** Whom to offer a vacancy to: `/match`, the vacancy's button, and the list's own `x:<verb>:<list>:<number>`. */
export const matchHandlers = new Composer<StaffContext>();

matchHandlers.command('match', async (ctx) => {
  const open = await ctx.staff.db.vacancies.find({ status: 'open' }).sort({ createdAt: -1 }).toArray();
  const mine = open.filter((vacancy) => mayChange(ctx.member, vacancy));
  const [only] = mine;
  if (!only) return void (await say(ctx, 'match.noVacancies'));
  if (mine.length === 1) return showMatches(ctx, only, 'new');
  const buttons = mine
    .slice(0, 20)
    .map(({ _id, title }) => [{ label: voice(ctx).label({ words: title }), data: `v:match:${_id}` }]);
  await send(ctx, { text: voice(ctx).text('match.choose'), buttons });
});

matchHandlers.callbackQuery(/^x:(\w+):([\w-]+):(\d+)$/, async (ctx) => {
  const [, verb = '', id = '', number = '0'] = ctx.match;
  const list = await readList(ctx, id);
  const vacancy = list && (await ctx.staff.db.vacancies.findOne({ _id: list.vacancy }));
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!list || !vacancy || !act) return toast(ctx, 'match.toast.old', undefined, true);
  const { next, page } = await act(ctx, list, Number(number));
  await writeList(ctx.staff.db, chatId(ctx), next);
  await redraw(ctx, await drawList(ctx.staff, ctx.member, vacancy, next, page));
});

type Act = (ctx: StaffContext, list: MatchList, number: number) => Promise<{ next: MatchList; page: number }>;
const pageOf = (index: number) => Math.floor(index / perPage);

const acts: Record<string, Act> = {
  page: async (ctx, list, page) => {
    await toast(ctx);
    return { next: list, page };
  },
  pick: async (ctx, list, index) => {
    await toast(ctx);
    const { picked } = list;
    const next = picked.includes(index) ? picked.filter((one) => one !== index) : [...picked, index];
    return { next: { ...list, picked: next }, page: pageOf(index) };
  },
  one: async (ctx, list, index) => {
    const person = list.people[index];
    return { next: await invite(ctx, list, person ? [person] : []), page: pageOf(index) };
  },
  all: async (ctx, list, page) => {
    const chosen = list.people.filter((_, index) => list.picked.length === 0 || list.picked.includes(index));
    return { next: await invite(ctx, list, chosen), page };
  },
};

/** Each is an event of their own: whoever said no meanwhile is left alone, and it is shown why. */
async function invite(ctx: StaffContext, list: MatchList, people: string[]): Promise<MatchList> {
  const done = { ...list.done };
  let sent = 0;
  for (const person of people.filter((id) => done[id] === undefined)) {
    const decision = await ctx.staff.desk.perform(person, {
      id: eventId(ctx, `offer:${person}`),
      type: 'offerVacancy',
      application: '',
      by: ctx.member._id,
      vacancy: list.vacancy,
    });
    done[person] = decision.ok ? 'sent' : decision.code;
    if (decision.ok) sent += 1;
  }
  await toast(ctx, sent > 0 ? 'match.toast.sent' : 'match.toast.none', { count: sent });
  return { ...list, done, picked: [] };
}

/** The list for a vacancy, over the pressed message or anew; that there is nobody is said, too. */
export async function showMatches(ctx: StaffContext, vacancy: Vacancy, where?: 'new'): Promise<void> {
  const said = voice(ctx);
  const title = { title: { words: vacancy.title } };
  const back = [[said.button('staff.button.openVacancy', `v:open:${vacancy._id}`)]];
  const drawn =
    vacancy.status === 'open'
      ? ((await proposeMatches(ctx.staff, ctx.member, chatId(ctx), vacancy)) ?? {
          text: said.text('match.none', title),
          buttons: back,
        })
      : { text: said.text('match.closed'), buttons: back };
  if (where === 'new') await send(ctx, drawn);
  else await redraw(ctx, drawn);
}

/** Somebody saved it: who fits is proposed at once, in a message of its own; nobody is no message. */
export async function proposeAfterSave(ctx: StaffContext, id: string): Promise<void> {
  const vacancy = await ctx.staff.db.vacancies.findOne({ _id: id, status: 'open' });
  const drawn = vacancy && (await proposeMatches(ctx.staff, ctx.member, chatId(ctx), vacancy));
  if (drawn) await send(ctx, drawn);
}
