import { isToCall } from '../../flows/calls/isToCall.ts';
import { callResultName } from '../../flows/calls/callResultName.ts';
import type { CardFacts } from './cardFacts.ts';

/** What the card says of ringing them: how often, what came of it, and when again. */
export function callLines({ speech, application, candidate, pipelines, now }: CardFacts): string[] {
  const { calls } = application;
  const last = calls?.attempts.at(-1);
  if (!calls || !last) return [];
  const line = speech.text('calls.card.line', {
    count: calls.attempts.length,
    result: callResultName(pipelines, last.result),
    day: { at: last.at, as: 'day' },
    time: { at: last.at, as: 'time' },
  });
  if (!isToCall(pipelines, application)) return [line];
  const { after, wrong } = calls;
  if (wrong !== undefined && wrong === (candidate.phone ?? ''))
    return [line, speech.text('calls.card.wrong')];
  if (after === undefined || after <= now) return [line];
  return [line, speech.text('calls.card.after', { when: { at: after, as: 'dateTime' } })];
}
