import type { StaffContext } from '../staffContext.ts';

/** Answers one kind of card button: `s:<verb>:<application>[:<argument>…]`. */
export type CardHandler = (ctx: StaffContext, application: string, ...rest: string[]) => Promise<void>;

/** Handlers by verb. */
export type CardHandlers = Record<string, CardHandler>;
