import type { Candidate } from './candidate.ts';
import { type ChannelId, type Place, traitsOf, type Way } from './channels.ts';
import { closedPlaces } from './closedPlaces.ts';

/** What is asked of the way a message goes. */
export interface Wanted {
  /** An answer to what they just did: goes where they did it, or to another chat of theirs. */
  prompt: boolean;
  /** An invitation or a reminder: by mail and SMS too, when nothing else is left. */
  mustArrive: boolean;
  only?: ChannelId[];
  tried?: Way[];
}

/**
 * The ways to reach a person with a message, the best first: the chat they wrote in last, their other chats, then
 * mail, then SMS. Left out are channels that are not set up here (`here`), that refuse the person, that they opted out
 * of, and where this message was tried before.
 */
export function ladder(person: Candidate, wanted: Wanted, here: (channel: ChannelId) => boolean): Place[] {
  const chats = person.channels.filter(({ channel }) => traitsOf[channel].talks);
  const { email, phone } = person;
  const mail = email === undefined ? [] : [{ channel: 'email' as const, address: email }];
  const sms = phone === undefined ? [] : [{ channel: 'sms' as const, address: phone }];
  const closed = closedPlaces(person);
  const talks = chats.some((chat) => here(chat.channel) && !chat.blocked);
  // Before their consent nobody writes where they have not written themselves; an answer goes beyond the chats only for
  // whoever has none.
  const stays = !person.consent || (wanted.prompt && !wanted.mustArrive && talks);
  const beyond = stays ? [] : [...mail, ...(wanted.mustArrive ? sms : [])];
  const all: Place[] = wanted.only ? [...chats, ...mail, ...sms] : [...chats, ...beyond];
  return all
    .filter(({ channel }) => here(channel) && (wanted.only?.includes(channel) ?? true))
    .filter((place) => ![...closed, ...(wanted.tried ?? [])].some((one) => same(one, place)))
    .map(({ channel, address }) => ({ channel, address }));
}

/** The same place: a person may have two chats of one channel. */
export function same(one: Way, other: Way): boolean {
  return one.channel === other.channel && one.address === other.address;
}
