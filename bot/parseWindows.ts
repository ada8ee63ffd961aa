import { windowsAtMost } from '../flows/late/agreement.ts';
import type { StaffContext } from './staffContext.ts';
import { parseWhen } from './typedInterview.ts';

/** Times as a member types them, with commas between; undefined when one is none, or there are too many. */
export function parseWindows(ctx: StaffContext, text: string): number[] | undefined {
  const starts = text.split(/[,;]/).map((part) => parseWhen(ctx, part.trim()));
  const known = starts.filter((start) => start !== undefined);
  return known.length === 0 || known.length < starts.length || known.length > windowsAtMost
    ? undefined
    : known;
}
