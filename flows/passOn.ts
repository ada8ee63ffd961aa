import type { Application } from './candidate.ts';
import type { Message } from './effect.ts';
import type { Happened } from './event.ts';
import { inParts } from './inParts.ts';
import type { Turn } from './turn.ts';

type Arrived = Extract<Happened, { type: 'messageArrived' }>;

/**
 * Hand what was written to the recruiter; while a human talks the bot adds nothing.
 *
 * @param late whose meeting they say to be late for: the words stand under that, and its recruiter reads them, too
 */
export function passOn(turn: Turn, event: Arrived, late?: Application): void {
  const { applications, relay } = turn.state;
  const application = late ?? applications.at(-1);
  if (!application) return;
  const talking = relay !== undefined && relay.until > turn.now;
  const text = event.text ?? event.contact?.phone ?? '';
  const parts = inParts(text, event.file && 'caption');
  const last = parts.length - 1;
  for (const [index, part] of parts.entries())
    turn.toDesk(application, {
      key: text ? 'desk.wrote' : 'desk.sent',
      params: { text: part },
      ...(index === last && event.file && { file: event.file }),
    });
  const buttons = buttonsOf(application, talking);
  const said = (part: string, index: number): Message => ({
    ...headed(turn, part, index === 0 ? late : undefined, text !== ''),
    ...(index === last && { ...(event.file && { file: event.file }), buttons }),
  });
  const own = application.recruiter ?? turn.head();
  for (const member of new Set(talking ? [relay.member, late && own] : [own]))
    if (member !== undefined)
      for (const message of parts.map(said))
        turn.notify({ member }, message, {
          application: application.id,
          prompt: talking && member === relay.member,
        });
  if (talking) relay.until = turn.now + turn.facts.policy.relayHours * 3_600_000;
}

function buttonsOf({ id }: Application, talking: boolean): Message['buttons'] {
  const reply = talking
    ? { label: { key: 'notice.button.endRelay' }, data: `s:endRelay:${id}` }
    : { label: { key: 'notice.button.reply' }, data: `s:relay:${id}` };
  return [[reply, { label: { key: 'notice.button.card' }, data: `s:card:${id}` }]];
}

/** A part of what they wrote under who wrote it, the first one under what it means for a meeting. */
function headed(turn: Turn, text: string, late: Application | undefined, written: boolean): Message {
  const params = { name: turn.state.name ?? '\u2014', text };
  if (!late?.interview) return { key: written ? 'notice.candidateWrote' : 'notice.candidateSent', params };
  const when = { at: late.interview.start, as: 'dateTime' as const };
  return { key: 'notice.candidateLate', params: { ...params, vacancy: turn.title(late), when } };
}
