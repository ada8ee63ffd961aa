import { closePrompt, type Prompt } from './prompt.ts';
import { say } from './reply.ts';
import { readMoment } from './readMoment.ts';
import { setInterview } from './setInterview.ts';
import type { StaffContext } from './staffContext.ts';
import { readCard } from './views/makeCard.ts';

/** A typed date and time ("25.11 15:20", "tomorrow 14:00") of an interview, in the member's own zone. */
export async function typedInterview(
  ctx: StaffContext,
  { application, format, card }: Extract<Prompt, { kind: 'when' }>,
  text: string,
): Promise<void> {
  const start = parseWhen(ctx, text);
  if (start === undefined) return void (await say(ctx, 'staff.hint.when'));
  const facts = await readCard(ctx.staff, ctx.member, application);
  if (!facts) return void (await say(ctx, 'refusal.noSuchApplication'));
  await closePrompt(ctx);
  await setInterview(ctx, facts, format, start, card);
}

/** A typed date and time in the member's own zone; undefined when it is none, or past. */
export function parseWhen(ctx: StaffContext, text: string): number | undefined {
  const moment = readMoment(ctx.staff, ctx.member, text, ctx.staff.clock.now());
  return moment.ok ? moment.at : undefined;
}
