import type { RenderedButton } from '../../runtime/words.ts';
import type { Same } from '../findSame.ts';
import type { Speech } from '../speech.ts';
import { dataOf, type Subject } from '../subject.ts';

/** To those who may be the same person, and the way back from a joining. */
export function sameButtons(speech: Speech, subject: Subject, same: Same[]): RenderedButton[][] {
  const row = (key: string, verb: string) => [speech.button(`same.button.${key}`, dataOf(subject, verb))];
  return [
    ...(same.length > 0 ? [row('look', 'same')] : []),
    ...(subject.candidate.join ? [row('part', 'part')] : []),
  ];
}
