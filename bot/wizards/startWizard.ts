import { closePrompt } from '../prompt.ts';
import { randomId } from '../../runtime/clock.ts';
import type { StaffContext } from '../staffContext.ts';

/** Begin a wizard; whatever else was being asked in this chat is asked no longer. */
export async function startWizard(
  ctx: StaffContext,
  name: 'vacancy' | 'lead' | 'vacancyEdit' | 'callPlan' | 'callReport' | 'invite',
  what: Pick<WizardStart, 'vacancy' | 'field' | 'call' | 'company'> = {},
): Promise<void> {
  await ctx.conversation.exitAll();
  await closePrompt(ctx);
  await ctx.conversation.enter(name, { member: ctx.member._id, run: randomId(5), ...what });
}

/** What a wizard is started with. `run` is in its buttons: those of an earlier run are known as old. */
export interface WizardStart {
  member: string;
  run: string;
  /** The vacancy that is changed, and what of it. */
  vacancy?: string;
  field?: string;
  /** The call that is written up. */
  call?: string;
  /** The company a new vacancy belongs to: it is not asked then. */
  company?: string;
}
