import { type Moment, parseMoment } from '../flows/parseMoment.ts';
import type { StaffContext } from './staffContext.ts';

/** A moment to come as a member typed it, in their own zone; or why it is none. */
export function readMoment(ctx: StaffContext, text: string): Moment {
  const { clock, words } = ctx.staff;
  const lexicons = Object.values(words.lexicon);
  return parseMoment(text, { now: clock.now(), zone: ctx.member.zone, lexicons });
}
