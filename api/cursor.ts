import { z } from 'zod';

/** Where a page ended, as the parts its list is sorted by. Opaque to the caller. */
type Place = (string | number)[];

const write = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function read(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** The query of every list: how many, and after which place. A cursor of another list is refused. */
export function paging<S extends z.ZodType<Place>>(place: S) {
  const after = z
    .string()
    .max(500)
    .transform((text, context): z.output<S> => {
      const parsed = place.safeParse(read(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: 'after' });
      return z.NEVER;
    });
  return {
    limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'api.field.limit' }),
    after: after.optional().meta({ description: 'api.field.after' }),
  };
}

/** A page of a list that was read one longer than asked: `next` is there when there is more. */
export function pageOf<Row, View>(
  rows: Row[],
  limit: number,
  placeOf: (row: Row) => Place,
  view: (row: Row) => View,
): { items: View[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(view),
    ...(rows.length > limit && last !== undefined && { next: write(placeOf(last)) }),
  };
}
