import type { Application, Dialog } from '../candidate.ts';
import type { Button } from '../effect.ts';
import { askTerms } from '../dialogs/terms.ts';
import { lexiconsFor } from '../lexiconsFor.ts';
import { parseMoment } from '../parseMoment.ts';
import { leave } from '../refuse.ts';
import type { Turn } from '../turn.ts';
import { againTime } from './againTime.ts';
import { againChoices } from './calls.ts';
import { isToCall } from './isToCall.ts';
import { callsOf, putOff, stopWaiting } from './putOff.ts';

/** Nobody answered. After the agency's so many times the candidate is written to, and goes to the reserve later. */
export function notAnswered(turn: Turn, application: Application, again: number): void {
  const { policy } = turn.facts;
  stopWaiting(turn, application);
  const calls = callsOf(application);
  calls.missed += 1;
  if (calls.missed < policy.calls.missedLimit) return putOff(turn, application, again);
  const reserveAt = turn.now + policy.calls.reserveHours * 3_600_000;
  putOff(turn, application, Math.min(again, reserveAt));
  calls.reserveAt = reserveAt;
  turn.schedule(`callReserve:${application.id}`, reserveAt, {
    kind: 'callReserve',
    application: application.id,
    at: reserveAt,
  });
  if (turn.state.channels.some(({ blocked }) => !blocked)) askWhenToRing(turn, application);
}

/** "We could not reach you": when does it suit? A button is enough. */
function askWhenToRing(turn: Turn, application: Application): void {
  const button = (choice: string, key = `calls.candidate.button.${choice}`): Button => ({
    label: { key, params: { count: turn.facts.policy.calls.againHours } },
    data: `b:${application.id}:${choice}`,
  });
  turn.say(
    'calls.candidate.missed',
    { vacancy: turn.title(application), count: turn.facts.policy.calls.missedLimit },
    [
      ...againChoices.map((choice) => [button(choice)]),
      [button('other')],
      [{ ...button('no'), style: 'danger' }],
    ],
    { prompt: false, application: application.id, stages: [application.stage] },
  );
}

/** The candidate pressed when it suits. @returns false when nobody is about to ring any more: an old button */
export function answerWhenToRing(turn: Turn, application: Application, choice: string): boolean {
  if (!isToCall(turn.facts.pipelines, application) || application.calls === undefined) return false;
  if (choice === 'no') {
    notInterested(turn, application);
    return true;
  }
  if (choice === 'other') {
    askWhen(turn, application);
    return true;
  }
  const again = againChoices.find((one) => one === choice);
  if (!again) return false;
  const { zone } = turn.state;
  promised(
    turn,
    application,
    againTime(again, turn.now, { caller: zone, candidate: zone }, turn.facts.policy),
  );
  return true;
}

/** Called off by a button: under what terms would they have said yes? */
function notInterested(turn: Turn, application: Application): void {
  stopWaiting(turn, application);
  leave(turn, application, 'withdrawn', 'candidate');
  const reason = { key: 'pipeline.outcome.notInterested' };
  turn.fact('withdrawn', application.id, 'candidate', { reason });
  turn.tell(application, 'notice.withdrawn', { reason });
  askTerms(turn, application);
}

/** When does it suit, in their own words? */
export function askWhen(turn: Turn, application: Application): void {
  turn.ask({ kind: 'callTime', application: application.id });
  turn.say('calls.candidate.askWhen', undefined, undefined, { application: application.id });
}

/** When it suits, as the candidate wrote it. */
export function answerCallTime(
  turn: Turn,
  dialog: Extract<Dialog, { kind: 'callTime' }>,
  text: string,
): void {
  const application = turn.application(dialog.application ?? '');
  if (!application || !isToCall(turn.facts.pipelines, application)) {
    delete turn.state.dialog;
    return turn.say('calls.candidate.late');
  }
  const { zone, lang } = turn.state;
  const { lexicon } = turn.facts;
  const moment = parseMoment(text, { now: turn.now, zone, lexicons: lexiconsFor(lexicon, lang) });
  if (moment.ok) {
    delete turn.state.dialog;
    return promised(turn, application, moment.at);
  }
  dialog.misses += 1;
  if (dialog.misses < turn.facts.policy.misunderstandings)
    return turn.say(`calls.moment.${moment.code}`, undefined, undefined, { application: application.id });
  // What they mean is for a human to read.
  delete turn.state.dialog;
  turn.tell(application, 'calls.notice.wrote', { text: text.slice(0, 500) });
  turn.say('candidate.passedOn', undefined, undefined, { application: application.id });
}

function promised(turn: Turn, application: Application, at: number): void {
  stopWaiting(turn, application);
  callsOf(application).missed = 0;
  putOff(turn, application, at, application.recruiter ?? '');
  const when = { at, as: 'dateTime' as const };
  turn.say('calls.candidate.willRing', { when, phone: turn.state.phone ?? '—' }, undefined, {
    application: application.id,
  });
  turn.tell(application, 'calls.notice.suits', { when });
  turn.fact('callTimeAsked', application.id, 'candidate', { when });
}

/** They neither answered nor wrote: the reserve, where a matching vacancy finds them again. */
export function reserveSilent(turn: Turn, application: Application, at: number): void {
  if (application.calls?.reserveAt !== at || !isToCall(turn.facts.pipelines, application)) return;
  stopWaiting(turn, application);
  const before = application.stage;
  leave(turn, application, 'reserve', 'bot');
  application.undo = { act: 'reserve', by: 'bot', at: turn.now, stage: before };
  turn.fact('reserved', application.id, 'bot');
  turn.say('calls.candidate.reserved', { vacancy: turn.title(application) }, undefined, {
    prompt: false,
    application: application.id,
    stages: ['reserve'],
  });
  turn.tell(application, 'calls.notice.reserved');
}
