import { wordOf } from './forgetting/saysErase.ts';
import { holdsPhrase } from './holdsPhrase.ts';
import type { Turn } from './turn.ts';

/**
 * Do typed words say, in any language there is, that somebody will be late? "What if I am late?" asks, and whoever
 * cannot come, or wants another time, says that.
 */
export function saysLate(turn: Turn, text: string): boolean {
  const said = wordOf(text);
  const otherwise = ['whether', 'cannot', 'move'] as const;
  return holdsPhrase(turn, said, 'late') && !otherwise.some((what) => holdsPhrase(turn, said, what));
}
