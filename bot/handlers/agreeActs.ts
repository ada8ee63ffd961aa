import { perform, refused, theApplication } from '../act.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { say, toast } from '../reply.ts';
import { showCard } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { parseWhen } from '../typedInterview.ts';
import { readCard } from '../views/makeCard.ts';
import { actAndShow } from './cardActs.ts';
import type { CardHandlers } from './cardHandler.ts';

/** The client's interview: the format, then up to six times that the client is asked about. */
export const agreeActs: CardHandlers = {
  agree: async (ctx, id, format) => {
    const facts = await readCard(ctx.staff, ctx.member, id);
    const formats = facts?.vacancy?.formats ?? [];
    const chosen = formats.find((one) => one === format) ?? (formats.length === 1 ? formats[0] : undefined);
    await toast(ctx);
    if (!chosen)
      return void (await showCard(ctx, id, ({ speech }) => ({
        question: speech.text('staff.ask.format'),
        rows: formats.map((one) => [speech.button(`staff.format.${one}`, `s:agree:${id}:${one}`)]),
      })));
    const card = ctx.callbackQuery?.message?.message_id ?? 0;
    await openPrompt(ctx, { kind: 'windows', application: id, format: chosen, card });
    await say(ctx, 'late.askWindows');
  },
  clientAgrees: async (ctx, id, round = '') => {
    await actAndShow(
      ctx,
      id,
      { type: 'answerWindows', round: Number(round), answer: 'send' },
      'clientAgrees',
    );
  },
};

/** The times as typed, with a note for the candidate on the lines after them. */
export async function typedWindows(
  ctx: StaffContext,
  { application: id, format, card }: Extract<Prompt, { kind: 'windows' }>,
  text: string,
): Promise<void> {
  const [first = '', ...notes] = text.split('\n');
  const starts = first.split(/[,;]/).map((part) => parseWhen(ctx, part.trim()));
  const known = starts.filter((start) => start !== undefined);
  if (known.length === 0 || known.length < starts.length || known.length > 6)
    return void (await say(ctx, 'late.badWindows'));
  const found = await theApplication(ctx, id);
  if (!found) return;
  const note = notes.join('\n').trim().slice(0, 500);
  const decision = await perform(ctx, found, {
    type: 'proposeWindows',
    starts: known,
    format,
    ...(note && { notes: note }),
  });
  if (!decision.ok) return refused(ctx, found, decision);
  await closePrompt(ctx);
  await showCard(ctx, id, undefined, card || 'new');
}
