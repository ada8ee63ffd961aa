import { wordOf } from './forgetting/saysErase.ts';
import type { Turn } from './turn.ts';

/**
 * Do typed words say, in any language there is, that somebody will be late? "What if I am late?" asks, and whoever
 * cannot come, or wants another time, says that.
 */
export function saysLate(turn: Turn, text: string): boolean {
  const said = wordOf(text);
  const meetings = Object.values(turn.facts.lexicon).map(({ meeting }) => meeting);
  const holds = (what: 'late' | 'whether' | 'cannot' | 'move') =>
    meetings.some((words) => words[what].some((phrase) => said.includes(phrase)));
  return holds('late') && !holds('whether') && !holds('cannot') && !holds('move');
}
