import type { Place } from '../channels.ts';
import { askAgain } from '../dialogs/askAgain.ts';
import { same } from '../ladder.ts';
import type { Turn } from '../turn.ts';
import { codeMinutes } from './linkCode.ts';

/** Somebody brought this person's code: the chat is theirs from now on, and what was being asked is asked there. */
export function channelLinked(turn: Turn, { reach, code }: { reach: Place; code: string }): void {
  const { state } = turn;
  if (state.link?.code !== code || state.link.until <= turn.now) return;
  delete state.link;
  delete state.stopped;
  state.channels = [{ ...reach }, ...state.channels.filter((one) => !same(one, reach))];
  turn.fact('channelLinked', state.applications.at(-1)?.id, 'candidate');
  turn.say('candidate.link.done');
  askAgain(turn);
}

/** A code that joins nobody: unknown or old, one's own, or brought by somebody who has applications of their own. */
export function linkRefused(turn: Turn, why: 'wrong' | 'here' | 'own'): void {
  const { state } = turn;
  if (why === 'wrong') {
    const known = state.linkMisses && state.linkMisses.until > turn.now ? state.linkMisses.count : 0;
    state.linkMisses = { count: known + 1, until: turn.now + codeMinutes * 60_000 };
  }
  turn.say(`candidate.link.not.${why}`);
}
