import { type Order, perform, refused, theApplication } from '../act.ts';
import { toast } from '../reply.ts';
import { showCard, type SubMenu } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { inRows } from '../speech.ts';
import { buttonOf } from '../views/cardButtons.ts';
import type { CardHandler, CardHandlers } from './cardHandler.ts';

/** Buttons that do one thing at once; afterwards the card stands as it is now. */
const orders: Record<string, Order> = {
  take: { type: 'take' },
  invite: { type: 'invite' },
  reserve: { type: 'reserve' },
  undo: { type: 'undo' },
  cancelNow: { type: 'cancelInterview' },
  came: { type: 'recordAttendance', attendance: 'came' },
  warned: { type: 'recordAttendance', attendance: 'warned' },
  notWarned: { type: 'recordAttendance', attendance: 'notWarned' },
  fits: { type: 'judgePortrait', fits: true },
  detachNow: { type: 'detach' },
};

/** After a no-show the next step is offered at once: a new date or the reserve, the blacklist or a refusal. */
const next: Record<string, SubMenu> = {
  warned: choose('afterWarned', ['when', 'reserve', 'refuse']),
  notWarned: choose('afterNotWarned', ['blacklist', 'refuse', 'when']),
};

/** Carry an order out, say so shortly, and draw the card anew; a refusal is said over the button. */
export async function actAndShow(
  ctx: StaffContext,
  id: string,
  order: Order,
  done: string,
  menu?: SubMenu,
): Promise<boolean> {
  const found = await theApplication(ctx, id);
  if (!found) return false;
  const decision = await perform(ctx, found, order);
  if (decision.ok) await toast(ctx, `staff.toast.${done}`);
  else await refused(ctx, found, decision);
  await showCard(ctx, id, decision.ok ? menu : undefined);
  return decision.ok;
}

/** The acts of the card that need nothing more than the press, and the questions before the grave ones. */
export const cardActs: CardHandlers = {
  ...Object.fromEntries(
    Object.entries(orders).map(([verb, order]): [string, CardHandler] => [
      verb,
      async (ctx, id) => void (await actAndShow(ctx, id, order, verb, next[verb])),
    ]),
  ),
  missed: ask(choose('missed', ['warned', 'notWarned'])),
  cancelInterview: ask(choose('cancelInterview', ['cancelNow'])),
  detach: ask(choose('detach', ['detachNow'])),
  back: async (ctx, id) => {
    await toast(ctx);
    await showCard(ctx, id);
  },
  card: async (ctx, id) => {
    await toast(ctx);
    await showCard(ctx, id, undefined, 'new');
  },
};

function ask(menu: SubMenu): CardHandler {
  return async (ctx, id) => {
    await toast(ctx);
    await showCard(ctx, id, menu);
  };
}

/** A sub-menu of card buttons under `staff.ask.<key>`. */
export function choose(key: string, verbs: string[]): SubMenu {
  return (facts) => ({
    question: facts.speech.text(`staff.ask.${key}`),
    rows: inRows(
      verbs.map((verb) => buttonOf(facts)(verb)),
      2,
    ),
  });
}
