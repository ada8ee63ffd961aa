import { z } from 'zod';

/**
 * Where reading stands, by vacancy: `at` the time of the latest response that was read (UTC milliseconds), and which of
 * the last hour before it were: one may come up a little late.
 */
const place = z.object({ at: z.number(), seen: z.array(z.tuple([z.string(), z.number()])) });
export type HhCursor = Map<string, z.output<typeof place>>;

const hour = 3_600_000;
/** Of a vacancy that was not read before: whoever responded longer ago is no lead any more. */
const first = 7 * 24 * hour;

export function openCursor(text: string | undefined): HhCursor {
  try {
    return new Map(Object.entries(z.record(z.string(), place).parse(JSON.parse(text ?? '{}'))));
  } catch {
    // Not ours: everything of the last days is told once more, and the same leads stand once.
    return new Map();
  }
}

export function writeCursor(cursor: HhCursor): string {
  return JSON.stringify(Object.fromEntries(cursor));
}

export function isNew(cursor: HhCursor, vacancy: string, id: string, at: number, now: number): boolean {
  const before = cursor.get(vacancy);
  if (!before) return at >= now - first;
  return at >= before.at - hour && !before.seen.some(([seen]) => seen === id);
}

export function keepSeen(cursor: HhCursor, vacancy: string, id: string, at: number): void {
  const { at: latest, seen } = cursor.get(vacancy) ?? { at: 0, seen: [] };
  const now = Math.max(latest, at);
  const all: [string, number][] = [...seen, [id, at]];
  cursor.set(vacancy, { at: now, seen: all.filter(([, time]) => time >= now - hour) });
}
