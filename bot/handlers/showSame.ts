import { findSame } from '../findSame.ts';
import { redraw, voice } from '../reply.ts';
import { forgetPlace } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import type { Subject } from '../subject.ts';
import { drawSame } from '../views/sameView.ts';

/** Draw, over the pressed message, who looks like this person. */
export async function showSame(ctx: StaffContext, subject: Subject): Promise<void> {
  const same = await findSame(ctx.staff.db, subject.candidate);
  await redraw(ctx, drawSame(voice(ctx), subject, same));
  if (subject.application) await forgetPlace(ctx, subject.application.id);
}
