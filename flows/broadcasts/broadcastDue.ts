import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';

/** A broadcast has come to this person. */
export interface BroadcastDue {
  type: 'broadcastDue';
  broadcast: string;
  text: string;
  ads: boolean;
}

/**
 * One message of a broadcast; nothing for whoever may not be written to by now. It leaves after everything else, not
 * at night, and can be opted out of by one tap.
 */
export function broadcastDue(turn: Turn, { broadcast, text, ads }: BroadcastDue): Refused {
  const { state } = turn;
  const unwanted = state.stopped || state.blacklisted || state.noBroadcasts !== undefined;
  if (!state.consent || unwanted || (ads && state.adsConsent === undefined)) return { code: 'notWanted' };
  turn.notify(
    { candidate: state._id },
    {
      key: 'broadcast.message',
      params: { text },
      buttons: [[{ label: { key: 'broadcast.button.off' }, data: 'n:off' }]],
    },
    { key: `broadcast:${broadcast}:${state._id}`, bulk: true, broadcast },
  );
  return undefined;
}
