import { wordOf } from './forgetting/saysErase.ts';
import { holdsPhrase } from './holdsPhrase.ts';
import { saidYesOrNo } from './line/saidYesOrNo.ts';
import type { Turn } from './turn.ts';
import { withoutCourtesies } from './withoutCourtesies.ts';

/** What typed words say of a meeting. */
export interface SaidOfMeeting {
  means: 'yes' | 'move' | 'no';
  /** A bare "yes" or "no", which answers some questions and not others. */
  plain: boolean;
  /** Nothing but that was said, save for courtesies around it. */
  exact: boolean;
  /** Somebody is ill. */
  ill?: true;
}

/** In any language there is: they come, want another time, or cannot. Undefined for anything else. */
export function saidOfMeeting(turn: Turn, text: string): SaidOfMeeting | undefined {
  const said = wordOf(text);
  const meetings = Object.values(turn.facts.lexicon).map(({ meeting }) => meeting);
  const is = (what: 'come' | 'cannot' | 'move') =>
    meetings.some(
      (words) => words[what].includes(said) || words[what].includes(withoutCourtesies(said, words)),
    );
  if (is('move')) return { means: 'move', plain: false, exact: true };
  // Wanted in many words: "could we move it to Friday?"
  if (holdsPhrase(turn, said, 'move')) return { means: 'move', plain: false, exact: false };
  if (is('come')) return { means: 'yes', plain: false, exact: true };
  if (is('cannot')) return { means: 'no', plain: false, exact: true };
  if (holdsPhrase(turn, said, 'ill')) return { means: 'no', plain: false, exact: false, ill: true };
  const means = saidYesOrNo(turn, said);
  return means && { means, plain: true, exact: true };
}
