import { Composer } from 'grammy';
import { perform, refused, theApplication } from '../act.ts';
import { pressedRows } from '../pressedRows.ts';
import { redraw, say, send, toast } from '../reply.ts';
import { keepSearch, readSearch } from '../search.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawCandidates } from '../views/candidateList.ts';
import { drawNewLeads } from '../views/newLeads.ts';
import { drawControl, drawTasks } from '../views/tasks.ts';
import { drawTeam } from '../views/team.ts';
import { meetingKinds } from '../../models/readMeetings.ts';
import { drawCalendar } from '../views/calendarView.ts';
import { drawToday } from '../views/today.ts';

/** The lists of a recruiter's day: as commands they come anew, as buttons they turn where they stand. */
export const listHandlers = new Composer<StaffContext>();

listHandlers.command('new', async (ctx) => {
  await send(ctx, await drawNewLeads(ctx.staff, ctx.member, 0));
});
listHandlers.callbackQuery(/^m:new(?::(\d+))?$/, async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawNewLeads(ctx.staff, ctx.member, Number(ctx.match[1] ?? 0)));
});
listHandlers.callbackQuery(/^m:take:([^:]+):(\d+)$/, async (ctx) => {
  const [, id = '', page = '0'] = ctx.match;
  const found = await theApplication(ctx, id);
  if (!found) return;
  const decision = await perform(ctx, found, { type: 'take' });
  if (decision.ok) await toast(ctx, 'staff.toast.take');
  else await refused(ctx, found, decision);
  await redraw(ctx, await drawNewLeads(ctx.staff, ctx.member, Number(page), shownLeads(ctx)));
});

/** The leads under whose list a button was pressed, in their order. */
function shownLeads(ctx: StaffContext): string[] {
  const data = pressedRows(ctx).flatMap((row) =>
    row.map((button) => ('callback_data' in button ? button.callback_data : '')),
  );
  return data.flatMap((one) => /^s:card:(.+)$/.exec(one)?.[1] ?? []);
}

listHandlers.command('today', async (ctx) => {
  await send(ctx, await drawToday(ctx.staff, ctx.member));
});
listHandlers.callbackQuery('m:today', async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawToday(ctx.staff, ctx.member));
});

listHandlers.command('calendar', async (ctx) => {
  await send(ctx, await drawCalendar(ctx.staff, ctx.member, { all: ctx.member.role === 'head' }));
});
listHandlers.callbackQuery(/^cal:(now|\d{4}-\d\d-\d\d):(\w+):(all|own)$/, async (ctx) => {
  const [, week = 'now', name, whose] = ctx.match;
  const kind = meetingKinds.find((one) => one === name);
  await toast(ctx);
  const page = { ...(week !== 'now' && { week }), kind, all: whose === 'all' };
  await redraw(ctx, await drawCalendar(ctx.staff, ctx.member, page));
});

listHandlers.command('candidates', async (ctx) => {
  const query = ctx.match.trim();
  const search = query ? await keepSearch(ctx, query) : { id: '', query };
  await send(ctx, await drawCandidates(ctx.staff, ctx.member, search, 0));
});
listHandlers.callbackQuery(/^m:find(?::([\w-]*):(\d+))?$/, async (ctx) => {
  const [, id = '', page = '0'] = ctx.match;
  const search = await readSearch(ctx, id);
  if (!search) return toast(ctx, 'staff.find.old', undefined, true);
  await toast(ctx);
  await redraw(ctx, await drawCandidates(ctx.staff, ctx.member, search, Number(page)));
});

listHandlers.command('team', async (ctx) => {
  if (ctx.member.role !== 'head') return void (await say(ctx, 'staff.team.headOnly'));
  await send(ctx, await drawTeam(ctx.staff, ctx.member));
});
listHandlers.callbackQuery('m:team', async (ctx) => {
  if (ctx.member.role !== 'head') return toast(ctx, 'staff.team.headOnly', undefined, true);
  await toast(ctx);
  await redraw(ctx, await drawTeam(ctx.staff, ctx.member));
});

listHandlers.command('tasks', async (ctx) => {
  await send(ctx, await drawTasks(ctx.staff, ctx.member, 'time', 0, ''));
});
listHandlers.callbackQuery(/^t:(\w+):(\d+):(.*)$/, async (ctx) => {
  const [, mode = '', page = '0', of = ''] = ctx.match;
  await toast(ctx);
  await redraw(ctx, await drawTasks(ctx.staff, ctx.member, mode, Number(page), of));
});

listHandlers.command('control', async (ctx) => {
  if (ctx.member.role !== 'head') return void (await say(ctx, 'tasks.control.headOnly'));
  await send(ctx, await drawControl(ctx.staff, ctx.member));
});
listHandlers.callbackQuery('m:control', async (ctx) => {
  if (ctx.member.role !== 'head') return toast(ctx, 'tasks.control.headOnly', undefined, true);
  await toast(ctx);
  await redraw(ctx, await drawControl(ctx.staff, ctx.member));
});
