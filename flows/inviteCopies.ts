import type { Application } from './candidate.ts';
import type { ChannelId } from './channels.ts';
import type { CalendarFile, Params } from './effect.ts';
import { closedPlaces } from './closedPlaces.ts';
import type { Turn } from './turn.ts';

const chosen: Record<'none' | 'email' | 'sms' | 'both', ChannelId[]> = {
  none: [],
  email: ['email'],
  sms: ['sms'],
  both: ['email', 'sms'],
};

/**
 * What stands in a chat about an interview goes by mail (with the calendar entry) and by SMS too: by what is known of
 * the person, set up here and wished by the agency. Copies wait for the morning, and what already went that way, since no
 * chat took it, has none.
 *
 * @param copy `of`: the key of the message itself; `by`: only these
 */
export function inviteCopies(
  turn: Turn,
  application: Application,
  message: { key: string; params: Params; file: CalendarFile },
  copy: { of: string; by?: ChannelId[]; interviewVersion?: number; notBefore?: number },
): void {
  const { state, facts } = turn;
  if (!state.consent || state.stopped) return;
  const closed = closedPlaces(state).map(({ channel }) => channel);
  const known: Partial<Record<ChannelId, string>> = {
    ...(state.email && { email: state.email }),
    ...(state.phone && { sms: state.phone }),
  };
  const ways = chosen[facts.policy.inviteCopies].filter(
    (way) =>
      known[way] && facts.here.includes(way) && !closed.includes(way) && (copy.by?.includes(way) ?? true),
  );
  for (const way of ways)
    turn.say(message.key, message.params, undefined, {
      prompt: false,
      application: application.id,
      only: [way],
      copyOf: copy.of,
      ...(copy.interviewVersion !== undefined && { interviewVersion: copy.interviewVersion }),
      ...(copy.notBefore !== undefined && { notBefore: copy.notBefore }),
      ...(way === 'email' && { file: message.file }),
    });
}
