import { Composer } from 'grammy';
import { closePrompt } from '../prompt.ts';
import { say, toast, voice } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { help, menus, welcome } from './startHandlers.ts';
import { linkedTo } from './linkedTo.ts';
import { endTalk } from './relayActs.ts';
import { menuButtons } from '../menuButtons.ts';

/** Commands every member has. */
export const serviceHandlers = new Composer<StaffContext>();

// The way from the desk and from the pages; a client has nothing that such a link opens.
serviceHandlers.hears(/^\/start(?:@\w+)?\s+(card|group|call)_(\S+)/, async (ctx, next) => {
  const [, what = '', id = ''] = ctx.match;
  if (ctx.member.role === 'client') return next();
  await linkedTo[what]?.(ctx, id);
});
serviceHandlers.command('start', (ctx) => welcome(ctx, 'staff.start.again'));
serviceHandlers.command('help', help);
serviceHandlers.command('stop', async (ctx) => {
  await say(ctx, ctx.member.role === 'client' ? 'client.stop' : 'staff.stop');
});

serviceHandlers.command('language', async (ctx) => {
  const buttons = ctx.staff.words.langs.map((lang) =>
    voice(ctx).button(`staff.language.${lang}`, `l:${lang}`),
  );
  await say(ctx, 'staff.language.ask', undefined, [buttons]);
});
serviceHandlers.callbackQuery(/^l:(\w+)$/, async (ctx) => {
  const [, lang = ''] = ctx.match;
  if (!ctx.staff.words.langs.includes(lang)) return toast(ctx, 'staff.toast.stale');
  await ctx.staff.db.members.updateOne({ _id: ctx.member._id }, { $set: { lang } });
  ctx.member = { ...ctx.member, lang };
  await menus(ctx);
  await toast(ctx);
  await say(ctx, 'staff.language.set', undefined, menuButtons(ctx));
});

/** Commands of recruiters and the head alone. */
export const staffServiceHandlers = new Composer<StaffContext>();

staffServiceHandlers.command('end', endTalk);
staffServiceHandlers.command('cancel', async (ctx) => {
  const wizards = Object.values(ctx.conversation.active()).some((count) => count > 0);
  await ctx.conversation.exitAll();
  const asked = await closePrompt(ctx);
  await say(ctx, wizards || asked ? 'staff.cancelled' : 'staff.nothingToCancel', undefined, menuButtons(ctx));
});
