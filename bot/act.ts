import type { StaffCommand } from '../flows/event.ts';
import type { Decision } from '../flows/facts.ts';
import { stageName } from '../flows/pipelines/stageName.ts';
import type { Found } from './findApplication.ts';
import { findApplication } from './findApplication.ts';
import { say, toast } from './reply.ts';
import { eventId, type StaffContext } from './staffContext.ts';

type Without<C> = C extends unknown ? Omit<C, 'application' | 'by'> : never;

/** What a member does to an application; which one, and who, is known from where it is said. */
export type Order = Without<StaffCommand>;

/** Carry an order out, as an event of this update. @param part set when one update gives several orders */
export function perform(ctx: StaffContext, found: Found, order: Order, part?: string): Promise<Decision> {
  const { candidate, application } = found;
  return ctx.staff.desk.perform(candidate._id, {
    id: eventId(ctx, part),
    application: application.id,
    by: ctx.member._id,
    ...order,
  });
}

/** Say why something was refused: over the pressed button, or as a message. */
export async function refused(
  ctx: StaffContext,
  found: Found,
  decision: Decision & { ok: false },
): Promise<void> {
  const key = `refusal.${decision.code}`;
  const stage = stageName(found.pipelines, found.application);
  const params = { stage, name: '—', ...decision.params };
  if (ctx.callbackQuery) await toast(ctx, key, params, true);
  else await say(ctx, key, params);
}

/** The application a button or a prompt names; says so kindly when it is gone. */
export async function theApplication(ctx: StaffContext, id: string): Promise<Found | undefined> {
  const found = await findApplication(ctx.staff.db, id);
  if (!found) {
    if (ctx.callbackQuery) await toast(ctx, 'refusal.noSuchApplication', undefined, true);
    else await say(ctx, 'refusal.noSuchApplication');
  }
  return found;
}
