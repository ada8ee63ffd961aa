import { z } from 'zod';
import type { StaffContext } from './staffContext.ts';
import { chatId } from './staffContext.ts';

/** How long a question waits for its answer: later words are not taken for it. An hour. */
const patience = 3_600_000;

const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('note'), application: z.string() }),
  z.object({ kind: z.literal('file'), application: z.string() }),
  z.object({ kind: z.literal('refuse'), application: z.string(), reason: z.string(), card: z.number() }),
  z.object({ kind: z.literal('evidence'), application: z.string() }),
  z.object({ kind: z.literal('blacklist'), application: z.string(), card: z.number() }),
  z.object({
    kind: z.literal('when'),
    application: z.string(),
    format: z.enum(['phone', 'zoom', 'office']),
    card: z.number(),
  }),
  z.object({ kind: z.literal('source'), vacancy: z.string() }),
  z.object({ kind: z.literal('hours'), member: z.string() }),
  z.object({ kind: z.literal('dayOff'), member: z.string() }),
  z.object({ kind: z.literal('zone'), member: z.string() }),
  z.object({ kind: z.literal('setting'), path: z.string() }),
  z.object({
    kind: z.literal('windows'),
    application: z.string(),
    format: z.enum(['phone', 'zoom', 'office']),
    card: z.number(),
  }),
  z.object({
    kind: z.literal('pipeline'),
    edit: z.enum(['rename', 'minutes', 'checklist', 'hint', 'training', 'addAfter']),
    pipeline: z.string(),
    stage: z.string(),
  }),
  z.object({
    kind: z.literal('groupMake'),
    what: z.enum(['interview', 'training']),
    vacancy: z.string(),
  }),
  z.object({ kind: z.literal('groupMove'), group: z.string() }),
  z.object({ kind: z.literal('groupPlaces'), group: z.string() }),
  z.object({ kind: z.literal('groupText'), group: z.string(), to: z.enum(['people', 'cards']) }),
  z.object({ kind: z.literal('ownTimes'), application: z.string(), round: z.number() }),
  z.object({ kind: z.literal('snooze'), application: z.string(), task: z.string() }),
  z.object({ kind: z.literal('comment'), application: z.string(), task: z.string() }),
  z.object({
    kind: z.literal('template'),
    template: z.string(),
    part: z.enum(['new', 'text', 'title', 'en']),
  }),
  z.object({ kind: z.literal('broadcastText'), broadcast: z.string() }),
  z.object({ kind: z.literal('broadcastCity'), broadcast: z.string() }),
  z.object({ kind: z.literal('broadcastWhen'), broadcast: z.string() }),
  z.object({ kind: z.literal('callAt'), application: z.string(), card: z.number() }),
  z.object({ kind: z.literal('name'), application: z.string() }),
  z.object({ kind: z.literal('phone'), application: z.string(), card: z.number() }),
  z.object({ kind: z.literal('importFile') }),
  z.object({ kind: z.literal('cost'), vacancy: z.string() }),
  z.object({ kind: z.literal('posting'), vacancy: z.string() }),
  z.object({ kind: z.literal('moveCall'), call: z.string() }),
  z.object({ kind: z.literal('companyFind') }),
  z.object({ kind: z.literal('companyNew') }),
  z.object({ kind: z.literal('companyName'), inn: z.string() }),
  z.object({ kind: z.literal('companyField'), company: z.string(), field: z.string() }),
  z.object({ kind: z.literal('companyPaste'), company: z.string() }),
  z.object({ kind: z.literal('companyNote'), company: z.string() }),
  z.object({ kind: z.literal('contractNew'), company: z.string() }),
  z.object({
    kind: z.literal('contractField'),
    company: z.string(),
    contract: z.string(),
    field: z.enum(['number', 'date', 'until', 'link', 'terms', 'price']),
  }),
  z.object({ kind: z.literal('clientWord'), client: z.string() }),
  z.object({ kind: z.literal('field'), application: z.string(), field: z.string(), card: z.number() }),
]);

/** What the next message of a member is the answer to. */
export type Prompt = z.infer<typeof shape>;

const rowShape = z.object({
  prompt: shape,
  until: z.number(),
  usedBy: z.number().optional(),
  openedBy: z.number(),
});

/** Take the member's next message as the answer to this. Survives a restart; another question replaces it. */
export async function openPrompt(ctx: StaffContext, prompt: Prompt): Promise<void> {
  const { db, clock } = ctx.staff;
  const value = { prompt, until: clock.now() + patience, openedBy: ctx.update.update_id };
  await ctx.conversation.exitAll();
  await db.sessions.replaceOne({ _id: idOf(ctx) }, { value }, { upsert: true });
}

/**
 * What is being asked of this member now. An update that comes again still finds what it answered; `handled` when
 * it was this very message that led to the question.
 */
export async function currentPrompt(ctx: StaffContext): Promise<Prompt | 'handled' | undefined> {
  const row = await ctx.staff.db.sessions.findOne({ _id: idOf(ctx) });
  const parsed = rowShape.safeParse(row?.value);
  if (!parsed.success) return undefined;
  const { prompt, until, usedBy, openedBy } = parsed.data;
  if (openedBy === ctx.update.update_id) return 'handled';
  if (usedBy !== undefined) return usedBy === ctx.update.update_id ? prompt : undefined;
  return until > ctx.staff.clock.now() ? prompt : undefined;
}

/** The question was answered by this update, or is asked no longer. @returns whether one was open */
export async function closePrompt(ctx: StaffContext): Promise<boolean> {
  const { modifiedCount } = await ctx.staff.db.sessions.updateOne(
    { _id: idOf(ctx), 'value.usedBy': { $exists: false } },
    { $set: { 'value.usedBy': ctx.update.update_id } },
  );
  return modifiedCount > 0;
}

/** What nobody should come to by words that were meant for something else. */
const grave: Prompt['kind'][] = ['refuse', 'blacklist'];

/** Whoever presses another button, or gives a command, has gone on: the next words are no reason to refuse somebody. */
export async function leaveGravePrompt(ctx: StaffContext): Promise<void> {
  const open = { 'value.usedBy': { $exists: false }, 'value.openedBy': { $ne: ctx.update.update_id } };
  await ctx.staff.db.sessions.updateOne(
    { _id: idOf(ctx), 'value.prompt.kind': { $in: grave }, ...open },
    { $set: { 'value.usedBy': ctx.update.update_id } },
  );
}

function idOf(ctx: StaffContext): string {
  return `prompt:${chatId(ctx)}`;
}
