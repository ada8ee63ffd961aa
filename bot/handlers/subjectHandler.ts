import type { StaffContext } from '../staffContext.ts';
import { type Subject, subjectOfApplication } from '../subject.ts';
import type { CardHandler, CardHandlers } from './cardHandler.ts';

/** Answers one kind of button that stands on an application's card and on a person's alike. */
export type SubjectHandler = (ctx: StaffContext, subject: Subject, ...rest: string[]) => Promise<void>;

/** Handlers by verb. */
export type SubjectHandlers = Record<string, SubjectHandler>;

/** The same handlers as an application's card has them. */
export function onCards(handlers: SubjectHandlers): CardHandlers {
  const onCard =
    (handler: SubjectHandler): CardHandler =>
    async (ctx, id, ...rest) => {
      const subject = await subjectOfApplication(ctx, id);
      if (subject) await handler(ctx, subject, ...rest);
    };
  return Object.fromEntries(Object.entries(handlers).map(([verb, handler]) => [verb, onCard(handler)]));
}
