import { type ChannelId, traitsOf } from '../channels.ts';
import type { Button } from '../effect.ts';
import type { Turn } from '../turn.ts';
import { chatLink } from './chatLinks.ts';
import { codeMinutes, shownCode } from './linkCode.ts';

/** `/link`: a code that proves in another messenger that it is the same person. A new one makes the old one void. */
export function giveCode(turn: Turn, from: ChannelId): void {
  if (!severalChats(turn)) return turn.say('candidate.link.none');
  const { code, bot } = turn.facts;
  turn.state.link = { code, until: turn.now + codeMinutes * 60_000 };
  // Each opens by a link; where its name is not known yet the code is typed.
  const others = turn.facts.here.filter((channel) => channel !== from && traitsOf[channel].talks);
  const buttons = others.flatMap((channel): Button[][] => {
    const url = chatLink(channel, bot, `link_${code}`, shownCode(code));
    return url ? [[{ label: { key: `candidate.link.${channel}` }, url }]] : [];
  });
  turn.say('candidate.link.code', { code: shownCode(code), minutes: codeMinutes }, buttons);
}

/** Is there another messenger to go on in? */
export function severalChats(turn: Turn): boolean {
  return turn.facts.here.filter((channel) => traitsOf[channel].talks).length > 1;
}
