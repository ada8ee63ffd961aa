import { perform, refused, theApplication } from '../act.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { say, toast } from '../reply.ts';
import { showCard } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { parseWindows } from '../parseWindows.ts';
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
  const [first = '', ...lines] = text.split('\n');
  const starts = parseWindows(ctx, first);
  if (!starts) return void (await say(ctx, 'late.badWindows'));
  const found = await theApplication(ctx, id);
  if (!found) return;
  const { note, address } = readLines(ctx, lines);
  const decision = await perform(ctx, found, {
    type: 'proposeWindows',
    starts,
    format,
    ...(note && { notes: note }),
    ...(address && { address }),
  });
  if (!decision.ok) return refused(ctx, found, decision);
  await closePrompt(ctx);
  await showCard(ctx, id, undefined, card || 'new');
}

/** A line that begins with the word for "address" says where; the others are for the candidate to read. */
function readLines(ctx: StaffContext, lines: string[]): { note: string; address?: string } {
  const { words } = ctx.staff;
  const marks = words.langs.map((lang) =>
    words.label({ lang, zone: 'utc' }, { key: 'late.addressMark' }).toLowerCase(),
  );
  const isAddress = (line: string) => marks.some((mark) => line.trim().toLowerCase().startsWith(`${mark}:`));
  const found = lines.find(isAddress);
  const address = found
    ?.slice(found.indexOf(':') + 1)
    .trim()
    .slice(0, 200);
  const note = lines
    .filter((line) => !isAddress(line))
    .join('\n')
    .trim()
    .slice(0, 500);
  return { note, ...(address && { address }) };
}
