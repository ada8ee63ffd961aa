import { Composer } from 'grammy';
import type { Member } from '../../flows/member.ts';
import { openPrompt } from '../prompt.ts';
import { askReply, redraw, send, toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { buffers, drawHours, drawWhose, presets } from '../views/hoursView.ts';
import { whoseHours } from './hoursPrompts.ts';

type Hours = Member['hours'];

/** Working hours: `/hours`, and its buttons `h:<verb>:<member>[:<argument>]`. */
export const hoursHandlers = new Composer<StaffContext>();

hoursHandlers.command('hours', async (ctx) => {
  await send(ctx, drawHours(ctx.staff, ctx.member, ctx.member));
});
hoursHandlers.callbackQuery('h:whose', async (ctx) => {
  if (ctx.member.role !== 'head') return toast(ctx, 'staff.team.headOnly', undefined, true);
  await toast(ctx);
  await redraw(ctx, await drawWhose(ctx.staff, ctx.member));
});

/** Buttons that ask for words. */
const asks: Record<string, { kind: 'hours' | 'dayOff' | 'zone'; key: string }> = {
  type: { kind: 'hours', key: 'staff.hours.ask' },
  dayOff: { kind: 'dayOff', key: 'staff.hours.askDayOff' },
  zone: { kind: 'zone', key: 'staff.hours.askCity' },
};

hoursHandlers.callbackQuery(/^h:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', argument = ''] = ctx.match;
  const whose = await whoseHours(ctx, id);
  if (!whose) return toast(ctx, 'refusal.notAllowed', undefined, true);
  await toast(ctx);
  const question = Object.hasOwn(asks, verb) ? asks[verb] : undefined;
  if (question) {
    await openPrompt(ctx, { kind: question.kind, member: id });
    return void (await askReply(ctx, question.key));
  }
  const hours = changed(whose.hours, verb, argument);
  if (hours !== whose.hours) await ctx.staff.db.members.updateOne({ _id: id }, { $set: { hours } });
  await redraw(ctx, drawHours(ctx.staff, ctx.member, { ...whose, hours }));
});

function changed(hours: Hours, verb: string, argument: string): Hours {
  const preset = Object.hasOwn(presets, verb) ? presets[verb] : undefined;
  if (preset) {
    const [from, to] = preset;
    const weekdays = ['1', '2', '3', '4', '5'].map((day): [string, [string, string][]] => [
      day,
      [[from, to]],
    ]);
    return { ...hours, week: Object.fromEntries(weekdays) };
  }
  const buffer = Number(argument);
  if (verb === 'buffer' && argument && buffers.includes(buffer)) return { ...hours, buffer };
  if (verb === 'work') return { ...hours, off: hours.off.filter((day) => day !== argument) };
  return hours;
}
