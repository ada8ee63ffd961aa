import type { Rendered } from '../runtime/words.ts';
import { theApplication } from './act.ts';
import { edit, redraw, send } from './reply.ts';
import { chatId, type StaffContext } from './staffContext.ts';
import { buttonOf } from './views/cardButtons.ts';
import type { CardFacts } from './views/cardFacts.ts';
import { cardText } from './views/cardText.ts';
import { drawCard, readCard } from './views/makeCard.ts';

/** Telegram takes a hundred buttons: more rows than these would have too many. */
const mostRows = 95;

/** A question under the card, with its choices; "Back" brings the card again. */
export type SubMenu = (facts: CardFacts) => { question: string; rows: Rendered['buttons'] };

/**
 * Draw the card of an application, or a sub-menu of it, where it belongs: over the pressed message, over the card
 * a prompt was opened from, or as a new message.
 *
 * @param at the message to draw it over; `new` for a new message; unset: the pressed one
 */
export async function showCard(
  ctx: StaffContext,
  id: string,
  menu?: SubMenu,
  at?: number | 'new',
): Promise<CardFacts | undefined> {
  const facts = await readCard(ctx.staff, ctx.member, id);
  if (!facts) {
    await theApplication(ctx, id);
    return undefined;
  }
  const rendered = menu && !facts.candidate.forgotten ? withMenu(facts, menu) : drawCard(facts);
  const messageId = await place(ctx, rendered, at);
  if (menu) await forgetPlace(ctx, id);
  else await remember(ctx, id, messageId);
  return facts;
}

async function place(
  ctx: StaffContext,
  rendered: Rendered,
  at: number | 'new' | undefined,
): Promise<number | undefined> {
  if (at === undefined) return redraw(ctx, rendered);
  if (at !== 'new' && (await edit(ctx, at, rendered))) return at;
  return (await send(ctx, rendered)).message_id;
}

function withMenu(facts: CardFacts, menu: SubMenu): Rendered {
  const { question, rows } = menu(facts);
  return {
    text: `${cardText(facts)}\n\n${question}`,
    buttons: [...rows.slice(0, mostRows), [buttonOf(facts)('back')]],
  };
}

/** Something else stands where the card stood: what happens meanwhile must not be drawn over it. */
export async function forgetPlace(ctx: StaffContext, id: string): Promise<void> {
  await ctx.staff.db.places.deleteOne({ _id: `card:${id}:${ctx.member._id}` });
}

/** The newest card is the one the product keeps up to date: its place is told to the outbox. */
async function remember(ctx: StaffContext, id: string, messageId: number | undefined): Promise<void> {
  if (messageId === undefined) return;
  await ctx.staff.db.places.updateOne(
    { _id: `card:${id}:${ctx.member._id}` },
    { $set: { chat: chatId(ctx), messageId, hash: '' } },
    { upsert: true },
  );
}

/** Is the pressed message a card (and not a notice, whose text must stay)? Every card has its history button. */
export function isCard(ctx: StaffContext): boolean {
  const message = ctx.callbackQuery?.message;
  const markup = message && 'reply_markup' in message ? message.reply_markup : undefined;
  return (markup?.inline_keyboard ?? [])
    .flat()
    .some((button) => 'callback_data' in button && /^s:(history|back):/.test(button.callback_data));
}
