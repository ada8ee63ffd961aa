import { wordOf } from './forgetting/saysErase.ts';
import { saidYesOrNo } from './line/saidYesOrNo.ts';
import type { Turn } from './turn.ts';

/**
 * What typed words say of a meeting, in any language there is: they come, want another time, or cannot.
 * `plain`: a bare "yes" or "no", which answers some questions and not others. Undefined for anything else.
 */
export function saidOfMeeting(
  turn: Turn,
  text: string,
): { means: 'yes' | 'move' | 'no'; plain: boolean } | undefined {
  const said = wordOf(text);
  const meetings = Object.values(turn.facts.lexicon).map(({ meeting }) => meeting);
  // Wanted in many words: "could we move it to Friday?"
  if (meetings.some(({ move }) => move.some((phrase) => said.includes(phrase))))
    return { means: 'move', plain: false };
  if (meetings.some(({ come }) => come.includes(said))) return { means: 'yes', plain: false };
  if (meetings.some(({ cannot }) => cannot.includes(said))) return { means: 'no', plain: false };
  const means = saidYesOrNo(turn, said);
  return means && { means, plain: true };
}
