import type { EntryKind } from './readEntries.ts';
import type { Say } from './say.ts';

/** What a kind is called, with its sign; unset: all of them. */
export function kindName(say: Say, kind: EntryKind | undefined): string {
  return kind === 'start' ? say('memberPage.calendar.start') : say(`calendar.kind.${kind ?? 'any'}`);
}
