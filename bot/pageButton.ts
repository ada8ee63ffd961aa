import type { Rendered } from '../runtime/words.ts';
import type { Speech } from './speech.ts';

/** The way to the same as a page; none where the product has no address that people can open. */
export function pageButton(said: Speech, url: string | undefined): Rendered['buttons'] {
  return url === undefined ? [] : [[{ label: said.plain('staff.button.page'), url }]];
}
