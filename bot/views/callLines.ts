import { talkTime } from '../../flows/calls/talkTime.ts';
import { isToCall, owesRing } from '../../flows/calls/isToCall.ts';
import { callResultName } from '../../flows/calls/callResultName.ts';
import type { CardFacts } from './cardFacts.ts';

/** What the card says of ringing them: how often, what came of it, and when again. */
export function callLines({ speech, application, candidate, pipelines, now }: CardFacts): string[] {
  const { calls } = application;
  const last = calls?.attempts.at(-1);
  const rang = rangLines({ speech, application });
  if (!calls || !last) return rang;
  const line = speech.text('calls.card.line', {
    count: calls.attempts.length,
    result: callResultName(pipelines, last.result),
    day: { at: last.at, as: 'day' },
    time: { at: last.at, as: 'time' },
  });
  if (!isToCall(pipelines, application)) return [...rang, line];
  const { after, wrong } = calls;
  if (wrong !== undefined && wrong === (candidate.phone ?? ''))
    return [...rang, line, speech.text('calls.card.wrong')];
  if (after === undefined || after <= now) return [...rang, line];
  return [...rang, line, speech.text('calls.card.after', { when: { at: after, as: 'dateTime' } })];
}

/** Their own last call: when, whether somebody answered, and where it is heard. */
export function rangLines({ speech, application }: Pick<CardFacts, 'speech' | 'application'>): string[] {
  const rang = application.calls?.rang;
  if (!rang) return [];
  const { at, talk, record } = rang;
  const when = { day: { at, as: 'day' as const }, time: { at, as: 'time' as const } };
  return [
    talk === undefined
      ? speech.text(owesRing(application) ? 'calls.card.missed' : 'calls.card.missedBefore', when)
      : speech.text('calls.card.talked', { ...when, talk: talkTime(talk) }),
    ...(record ? [speech.text('calls.card.record', { record })] : []),
  ];
}
