import type { Params } from '../../flows/effect.ts';
import type { Member } from '../../flows/member.ts';
import type { Rendered } from '../../runtime/words.ts';

/** Draws something from the data as it stands now, for one reader; undefined when there is nothing to show. */
export type View = (reader: Member, params: Params) => Promise<Rendered | undefined>;

/** Views by name: a message with the key `view:card` is drawn by `card` at delivery. */
export type Views = Record<string, View>;
