import { wordOf } from './forgetting/saysErase.ts';
import type { Lexicon } from './facts.ts';
import { holdsPhrase } from './holdsPhrase.ts';
import type { Turn } from './turn.ts';

/**
 * Does somebody say, in any language there is, that they will be there a little later? On the day of a meeting they
 * will be late for it; before it the same words want another time. Who asks, or names another day, wants one on the day,
 * too.
 */
export function saysLater(turn: Turn, text: string): boolean {
  const said = wordOf(text);
  if (said.includes('?') || holdsPhrase(turn, said, 'whether') || holdsPhrase(turn, said, 'cannot'))
    return false;
  return Object.values(turn.facts.lexicon).some((words) => {
    const rest = withoutComing(said, words);
    return rest !== undefined && !holdsPhrase(turn, rest, 'move') && !namesOtherDay(rest, words);
  });
}

/** What is left of "I'll be there a little later" without just that; undefined when it is not said. */
function withoutComing(said: string, { meeting }: Lexicon): string | undefined {
  const words = (said.match(/[\p{L}\p{N}'\u2019-]+/gu) ?? []).filter(
    (word) => !/^\d+$/.test(word) && !meeting.bit.includes(word),
  );
  const plain = ` ${words.join(' ')} `;
  const phrases = meeting.arrive.flatMap((arrive) =>
    meeting.later.flatMap((later) => [` ${arrive} ${later} `, ` ${later} ${arrive} `]),
  );
  const phrase = phrases.find((one) => plain.includes(one));
  return phrase && plain.replace(phrase, ' ');
}

function namesOtherDay(rest: string, { tomorrow, dayAfterTomorrow, weekdays }: Lexicon): boolean {
  const words = rest.trim().split(' ');
  return [...tomorrow, ...dayAfterTomorrow, ...weekdays.flat()].some((day) => words.includes(day));
}
