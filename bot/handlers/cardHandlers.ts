import { Composer } from 'grammy';
import { toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { agreeActs } from './agreeActs.ts';
import { cardActs } from './cardActs.ts';
import type { CardHandlers } from './cardHandler.ts';
import { hireActs } from './hireActs.ts';
import { groupActs } from './groupActs.ts';
import { interviewActs } from './interviewActs.ts';
import { forgetActs } from './forgetActs.ts';
import { joinActs } from './joinActs.ts';
import { moreActs } from './moreActs.ts';
import { outcomeActs } from './outcomeActs.ts';
import { paperActs } from './paperActs.ts';
import { refusalActs } from './refusalActs.ts';
import { sameActs } from './sameActs.ts';
import { relayActs } from './relayActs.ts';
import { onCards } from './subjectHandler.ts';

/** Every verb of the card's buttons. */
const table: CardHandlers = {
  ...cardActs,
  ...refusalActs,
  ...interviewActs,
  ...relayActs,
  ...paperActs,
  ...moreActs,
  ...outcomeActs,
  ...hireActs,
  ...agreeActs,
  ...groupActs,
  ...onCards({ ...sameActs, ...joinActs, ...forgetActs }),
};

/** Buttons of an application: `s:<verb>:<application>[:<argument>…]`, at most 64 bytes. */
export const cardHandlers = new Composer<StaffContext>();

cardHandlers.callbackQuery(/^s:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', application = '', rest] = ctx.match;
  const handler = Object.hasOwn(table, verb) ? table[verb] : undefined;
  if (!handler) return toast(ctx, 'staff.toast.stale', undefined, true);
  await handler(ctx, application, ...(rest === undefined ? [] : rest.split(':')));
});
