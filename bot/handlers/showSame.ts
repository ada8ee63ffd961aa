import { theApplication } from '../act.ts';
import { findSame } from '../findSame.ts';
import { redraw, voice } from '../reply.ts';
import { forgetPlace } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawSame } from '../views/sameView.ts';

/** Draw, over the pressed message, who looks like the person of an application. */
export async function showSame(ctx: StaffContext, id: string): Promise<void> {
  const found = await theApplication(ctx, id);
  if (!found) return;
  const same = await findSame(ctx.staff.db, found.candidate);
  await redraw(ctx, drawSame(voice(ctx), found.candidate, found.application, same));
  await forgetPlace(ctx, id);
}
