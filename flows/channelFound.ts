import type { Place } from './channels.ts';
import { same } from './ladder.ts';
import type { Turn } from './turn.ts';

/**
 * Somebody wrote from the number under which a recruiter had entered them: the chat is theirs. It was proved by the
 * channel, never guessed; a person who has a chat elsewhere is not joined in this way.
 */
export function channelFound(turn: Turn, reach: Place): void {
  if (turn.state.channels.some((one) => same(one, reach))) return;
  turn.state.channels.unshift({ ...reach });
  turn.fact('channelFound', turn.state.applications.at(-1)?.id);
}
