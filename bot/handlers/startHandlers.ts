import { Composer, GrammyError } from 'grammy';
import type { Param } from '../../flows/effect.ts';
import { commandGroups, commands, setMenus } from '../commands.ts';
import { say, voice } from '../reply.ts';
import { chatId, type StaffContext } from '../staffContext.ts';

/** `/start` with an invite gives a role; by a member it shows the menu. Runs before anybody is known. */
export const startHandlers = new Composer<StaffContext>();

startHandlers.hears(/^\/start(?:@\w+)?\s+inv_(\S+)/, async (ctx) => {
  const { members, words, policy } = ctx.staff;
  const [, token = ''] = ctx.match;
  const joiner = {
    telegram: chatId(ctx),
    name: [ctx.from?.first_name, ctx.from?.last_name].filter(Boolean).join(' ') || '—',
    lang: words.nearest(ctx.from?.language_code),
    zone: policy.zone,
  };
  const joined = await members.join(token, joiner);
  if (joined.ok) {
    ctx.member = joined.member;
    return welcome(ctx, joined.already ? 'staff.start.again' : 'staff.start.joined');
  }
  const text = words.text(joiner, `staff.start.${joined.why}`);
  await ctx.reply(text, { parse_mode: 'HTML' });
});

/** Greet a member with what they can do, and set their menu. */
export async function welcome(ctx: StaffContext, key: string): Promise<void> {
  const { member } = ctx;
  await menus(ctx);
  const role = { key: `staff.role.${member.role}` };
  await say(ctx, key, { name: member.name, role, commands: { lines: [] } });
  await help(ctx);
}

/** What a member can do, by role and in parts; the words do not differ from the menu's. */
export async function help(ctx: StaffContext): Promise<void> {
  const { member } = ctx;
  const said = voice(ctx);
  const own = commands.filter(({ roles }) => roles.includes(member.role));
  const lines = commandGroups.flatMap((group): Param[] => {
    const part = own
      .filter((one) => one.group === group)
      .map(({ name }) => `/${name} — ${said.plain(`staff.command.${name}`)}`);
    // A client's few need no headings.
    const headed = part.length > 0 && member.role !== 'client';
    return headed ? ['', { key: `staff.help.group.${group}` }, ...part] : part;
  });
  await say(ctx, `staff.help.${member.role}`, { commands: { lines } });
}

/** The menu is a convenience: when Telegram refuses it, the commands work all the same. */
export async function menus(ctx: StaffContext): Promise<void> {
  try {
    await setMenus(ctx.api, ctx.staff.words, ctx.member);
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    ctx.staff.log({ level: 'warn', menu: error.description });
  }
}
