import { Composer } from 'grammy';
import { readUpdate } from '../../channels/telegram/readUpdate.ts';
import { menuButtons } from '../menuButtons.ts';
import { say, toast, voice } from '../reply.ts';
import { keepSearch } from '../search.ts';
import type { StaffContext } from '../staffContext.ts';
import { sayInTalk, talkOf } from './relayActs.ts';

/** What is neither a command nor an answer: words for the candidate one talks to, or a kind hint. */
export const talkHandlers = new Composer<StaffContext>();

talkHandlers.on(['message', 'edited_message'], async (ctx) => {
  const arrived = readUpdate(ctx.update);
  if (arrived?.type !== 'messageArrived') return;
  const { kind, text, file } = arrived;
  if (kind === 'text' && text?.startsWith('/')) return hint(ctx, 'command');
  const talk = await talkOf(ctx);
  if (!talk) return kind === 'text' && text ? hintWithSearch(ctx, text) : hint(ctx, kind);
  if (kind === 'edited') return hint(ctx, 'editedInTalk');
  if (text === undefined && !file) return hint(ctx, 'notSendable');
  await sayInTalk(ctx, talk, { ...(text !== undefined && { text }), ...(file && { file }) });
});
talkHandlers.on('callback_query', (ctx) => toast(ctx, 'staff.toast.stale'));

async function hint(ctx: StaffContext, kind: string): Promise<void> {
  await say(ctx, `staff.hint.${kind}`, undefined, menuButtons(ctx));
}

/** Words out of place are often somebody's name. */
async function hintWithSearch(ctx: StaffContext, text: string): Promise<void> {
  const query = text.trim().split('\n')[0]?.slice(0, 60) ?? '';
  const search = await keepSearch(ctx, query);
  const find = voice(ctx).button('staff.button.find', `m:find:${search.id}:0`, {
    params: { query: query.slice(0, 30) },
  });
  await say(ctx, 'staff.hint.text', undefined, [[find], ...menuButtons(ctx)]);
}
