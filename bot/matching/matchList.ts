import { z } from 'zod';
import { randomId } from '../../runtime/clock.ts';
import { chatId, type StaffContext } from '../staffContext.ts';

const shape = z.object({
  id: z.string(),
  vacancy: z.string(),
  people: z.array(z.string()),
  /** Ticked, by their number in the list. */
  picked: z.array(z.number()),
  /** What came of each who was invited: `sent`, or why not. */
  done: z.record(z.string(), z.string()),
});

/** A list of proposed people as one chat has it: its numbers stand, whoever comes or goes meanwhile. */
export type MatchList = z.infer<typeof shape>;

/** The list that was shown last in this chat; older ones are known as old by their id. */
export async function readList(ctx: StaffContext, id: string): Promise<MatchList | undefined> {
  const row = await ctx.staff.db.sessions.findOne({ _id: idOf(chatId(ctx)) });
  const parsed = shape.safeParse(row?.value);
  return parsed.success && parsed.data.id === id ? parsed.data : undefined;
}

export async function writeList(
  db: StaffContext['staff']['db'],
  chat: string,
  list: MatchList,
): Promise<void> {
  await db.sessions.replaceOne({ _id: idOf(chat) }, { value: list }, { upsert: true });
}

export function newList(vacancy: string, people: string[]): MatchList {
  return { id: randomId(6), vacancy, people, picked: [], done: {} };
}

function idOf(chat: string): string {
  return `match:${chat}`;
}
