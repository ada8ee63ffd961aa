import type { Candidate } from '../../flows/candidate.ts';
import type { Rendered } from '../../runtime/words.ts';
import { voice } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawPerson } from '../views/personView.ts';

/** Show the card of a person who is on no vacancy. @param how as a new message, or over the pressed one */
export async function showPerson(
  ctx: StaffContext,
  person: Candidate,
  how: (ctx: StaffContext, rendered: Rendered) => Promise<unknown>,
): Promise<void> {
  await how(ctx, await drawPerson(ctx.staff.db, voice(ctx), person, ctx.member.role === 'head'));
}
