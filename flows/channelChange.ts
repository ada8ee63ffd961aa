import type { Place } from './channels.ts';
import { same } from './ladder.ts';
import type { Turn } from './turn.ts';

/**
 * A chat, a mailbox or a number takes messages no more, or takes them again. A mailbox or a number that stood only
 * among the answers is remembered as closed from now on.
 */
export function channelChange(
  turn: Turn,
  { channel, address }: Place,
  change: 'channelBlocked' | 'channelUnblocked',
): void {
  const blocked = change === 'channelBlocked';
  const reach = turn.state.channels.find((one) => same(one, { channel, address }));
  if (reach) reach.blocked = blocked;
  else {
    const closed = (turn.state.closed ?? []).filter((one) => !same(one, { channel, address }));
    turn.state.closed = blocked ? [...closed, { channel, address }] : closed;
  }
  turn.fact(change);
}
