import { Composer } from 'grammy';
import { readUpdate } from '../../channels/telegram/readUpdate.ts';
import { mayManage } from '../../flows/members/mayManage.ts';
import { menuButtons } from '../menuButtons.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, say, toast } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';

/** What a client writes that is no answer: to whoever looks after them. */
export async function wordsOfClient(ctx: StaffContext): Promise<void> {
  const arrived = readUpdate(ctx.update);
  if (arrived?.type !== 'messageArrived') return;
  const { kind, file, contact } = arrived;
  const text = arrived.text ?? contact?.phone ?? '';
  const sent = kind !== 'edited' && (text !== '' || file !== undefined);
  const heard =
    sent && (await ctx.staff.members.heard(eventId(ctx), ctx.member, text, file === undefined ? [] : [file]));
  await say(ctx, heard ? 'client.passedOn' : 'client.hint.text', undefined, menuButtons(ctx));
}

/** The way back: one of the agency's people answers a client. */
export const clientTalk = new Composer<StaffContext>();

clientTalk.callbackQuery(/^mb:say:(.+)$/, async (ctx) => {
  const [, id = ''] = ctx.match;
  const { db } = ctx.staff;
  const client = await db.members.findOne({ _id: id });
  const code = client ? mayManage(ctx.member, client, await db.vacancies.find().toArray()) : 'noSuchMember';
  if (!client || code) return toast(ctx, `refusal.${code ?? 'noSuchMember'}`, undefined, true);
  await toast(ctx);
  await openPrompt(ctx, { kind: 'clientWord', client: id });
  await askReply(ctx, 'invite.say.ask', { name: client.name });
});

/** What was typed for them. */
export async function typedClientWord(
  ctx: StaffContext,
  { client }: Extract<Prompt, { kind: 'clientWord' }>,
  text: string,
): Promise<void> {
  const code = await ctx.staff.members.answer(eventId(ctx), ctx.member, client, text);
  if (code) return void (await say(ctx, `refusal.${code}`));
  await closePrompt(ctx);
  await say(ctx, 'invite.say.sent');
}
