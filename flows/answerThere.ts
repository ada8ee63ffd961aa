import type { Candidate, Reach } from './candidate.ts';
import { same } from './ladder.ts';

/** A person with several chats is answered where they wrote last: that one stands first, and is open again. */
export function answerThere(state: Candidate, { channel, address }: Reach): void {
  if (state.closed) state.closed = state.closed.filter((one) => !same(one, { channel, address }));
  const here = (reach: Reach) => reach.channel === channel && reach.address === address;
  const reach = state.channels.find(here);
  if (!reach) return;
  delete reach.blocked;
  if (state.channels[0] !== reach) state.channels = [reach, ...state.channels.filter((one) => !here(one))];
}
