import { z } from 'zod';
import { randomId } from '../runtime/clock.ts';
import { chatId, type StaffContext } from './staffContext.ts';

const shape = z.object({ id: z.string(), query: z.string() });

/** The last search of a chat: callback data is too short for words, so pages name the search by its id. */
export type Search = z.infer<typeof shape>;

/** Keep what is looked for; the search before is forgotten. */
export async function keepSearch(ctx: StaffContext, query: string): Promise<Search> {
  const search = { id: randomId(6), query: query.slice(0, 200) };
  const _id = `search:${chatId(ctx)}`;
  await ctx.staff.db.sessions.replaceOne({ _id }, { value: search }, { upsert: true });
  return search;
}

/** The search a page button names, unless another has taken its place. */
export async function readSearch(ctx: StaffContext, id: string): Promise<Search | undefined> {
  if (id === '') return { id: '', query: '' };
  const row = await ctx.staff.db.sessions.findOne({ _id: `search:${chatId(ctx)}` });
  const parsed = shape.safeParse(row?.value);
  return parsed.success && parsed.data.id === id ? parsed.data : undefined;
}
