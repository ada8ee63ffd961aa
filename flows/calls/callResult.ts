import type { Application } from '../candidate.ts';
import type { StaffCommand } from '../event.ts';
import type { Refused } from '../staffCommand.ts';
import { take } from '../take.ts';
import type { Turn } from '../turn.ts';
import { againTime } from './againTime.ts';
import { callResultName } from './callResultName.ts';
import { remembered } from './calls.ts';
import { isCallStage, isToCall } from './isToCall.ts';
import { notAnswered } from './notAnswered.ts';
import { callsOf, putOff, stopWaiting } from './putOff.ts';
import { wrongNumber } from './wrongNumber.ts';

type Of<T extends StaffCommand['type']> = Extract<StaffCommand, { type: T }>;
type Given = Of<'callResult'>;

/** Take a person on the screen: for so long nobody else is given them. */
export function holdCall(turn: Turn, application: Application, { by }: Of<'holdCall'>): Refused {
  const refused = mayRing(turn, application, by);
  if (refused) return refused;
  const until = turn.now + turn.facts.policy.calls.holdMinutes * 60_000;
  turn.state.held = { application: application.id, member: by, until };
  return undefined;
}

/**
 * How a call ended. A result of the stage goes the pipeline's own way; anything else says when to ring again.
 *
 * @param give gives the stage's result, as its button on the card does
 */
export function callResult(
  turn: Turn,
  application: Application,
  command: Given,
  give: (outcome: string) => Refused,
): Refused {
  const { by, result } = command;
  const refused = mayRing(turn, application, by) ?? carryOut(turn, application, command, give);
  if (refused) return refused;
  delete turn.state.held;
  if (result === 'skip') return undefined;
  const outcome = result === 'outcome' ? (command.outcome ?? '') : result;
  const calls = callsOf(application);
  calls.attempts = [...calls.attempts, { at: turn.now, by, result: outcome }].slice(-remembered);
  const after = calls.after;
  turn.fact('called', application.id, by, {
    result: callResultName(turn.facts.pipelines, outcome),
    again: after === undefined ? '' : { key: 'calls.again', params: { when: { at: after, as: 'dateTime' } } },
  });
  return undefined;
}

function carryOut(
  turn: Turn,
  application: Application,
  { by, result, outcome, again, at }: Given,
  give: (outcome: string) => Refused,
): Refused {
  const { policy } = turn.facts;
  if (result === 'outcome') {
    const refused = give(outcome ?? '');
    if (refused) return refused;
    answered(turn, application);
    if (application.stage === 'withdrawn') thank(turn, application);
    return undefined;
  }
  if (result === 'talked') {
    // What came of it is for the stage's own results to say.
    if (isCallStage(turn.facts.pipelines, application))
      return { code: 'resultFirst', params: { stage: turn.stageName(application) } };
    answered(turn, application);
    take(turn, application, by);
    return undefined;
  }
  if (result === 'callBack') {
    if (at === undefined || at <= turn.now) return { code: 'slotInPast' };
    answered(turn, application);
    putOff(turn, application, at, by);
    return undefined;
  }
  if (result === 'skip') {
    callsOf(application).skipped = turn.now + policy.calls.holdMinutes * 60_000;
    return undefined;
  }
  if (result === 'wrongNumber') {
    answered(turn, application);
    wrongNumber(turn, application);
    return undefined;
  }
  const caller = turn.member(by)?.zone ?? policy.zone;
  const next = againTime(again ?? 'later', turn.now, { caller, candidate: turn.state.zone }, policy);
  notAnswered(turn, application, next);
  return undefined;
}

function answered(turn: Turn, application: Application): void {
  stopWaiting(turn, application);
  turn.finishTasks(application, 'ringBack');
  callsOf(application).missed = 0;
}

/** They said no and gave their time for it. */
function thank(turn: Turn, application: Application): void {
  const more = {
    prompt: false,
    notBefore: turn.graceEnds(),
    application: application.id,
    stages: [application.stage],
  };
  turn.say('candidate.cancel.thanks', undefined, undefined, more);
}

/** Is it a call's turn, and is nobody else ringing this person now? */
function mayRing(turn: Turn, application: Application, by: string): Refused {
  if (!isToCall(turn.facts.pipelines, application))
    return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
  const { held } = turn.state;
  if (held && held.member !== by && held.until > turn.now)
    return { code: 'callHeld', params: { name: turn.member(held.member)?.name ?? '—' } };
  return undefined;
}
