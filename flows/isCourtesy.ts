import { saidOfMeeting } from './saidOfMeeting.ts';
import type { Turn } from './turn.ts';

/** A mere "thank you", "all right" or "yes" outside any question: nobody has to answer it. */
export function isCourtesy(turn: Turn, text: string): boolean {
  const said = saidOfMeeting(turn, text);
  // "I'll come" where no meeting is to come is somebody who would like one.
  const meets = turn.state.applications.some(({ interview }) => interview && interview.start > turn.now);
  if (said?.means === 'yes' && (said.plain || meets)) return true;
  const words = text.toLowerCase().match(/[\p{L}]+|\p{Emoji_Presentation}|\u2764\ufe0f/gu) ?? [];
  return (
    words.length > 0 &&
    Object.values(turn.facts.lexicon).some(({ courtesy }) => words.every((word) => courtesy.includes(word)))
  );
}
