import type { Application } from '../candidate.ts';
import { named } from '../named.ts';
import { isOpen } from '../pipelines/stages.ts';
import { fitsQuestion } from '../fitsQuestion.ts';
import type { Turn } from '../turn.ts';

const day = 86_400_000;

/** The newest application of this person on a vacancy: the open one when there is one. */
export function latestOn(turn: Turn, vacancy: string): Application | undefined {
  const mine = turn.state.applications.filter((application) => application.vacancy === vacancy);
  return mine.findLast(({ stage }) => isOpen(stage)) ?? mine.at(-1);
}

/**
 * May somebody whose application was closed apply again now? When not, they are told kindly. As long as the message
 * of refusal has not left, nothing is let on: only the recruiter hears that they are here again.
 */
export function mayComeBack(turn: Turn, application: Application): boolean {
  const { stage, refusal } = application;
  if (stage !== 'refused' || !refusal) return true;
  const vacancy = turn.title(application);
  if (!refusal.messageSent) {
    turn.say('candidate.alreadyApplied', { vacancy });
    tellOnce(turn, application, [
      [{ label: { key: 'notice.button.undo' }, data: `s:undo:${application.id}` }],
    ]);
    return false;
  }
  const from = (refusal.messageAt ?? refusal.at) + turn.facts.policy.refusal.againDays * day;
  if (from <= turn.now) return true;
  turn.say('candidate.again.later', { vacancy, from: { at: from, as: 'date' } });
  tellOnce(turn, application, []);
  return false;
}

/** The recruiter hears of it once, however often the link is opened. */
function tellOnce(turn: Turn, application: Application, buttons: Parameters<Turn['tell']>[4]): void {
  if (!application.refusal || application.refusal.cameAgain !== undefined) return;
  application.refusal.cameAgain = turn.now;
  turn.fact('cameAgain', application.id);
  const key = application.refusal.messageSent ? 'notice.cameAgain' : 'notice.cameAgainEarly';
  turn.tell(application, key, { reason: named('staff.reason', application.refusal.reason) }, {}, buttons);
}

/**
 * Join a new application to the closed one before it: what was answered then, and still answers a question of today,
 * is taken over. A place in the reserve passes to the new application.
 *
 * @returns the application before, when there was one
 */
export function continueFrom(turn: Turn, application: Application): Application | undefined {
  const before = turn.state.applications.findLast(
    ({ id, vacancy, next }) => vacancy === application.vacancy && id !== application.id && next === undefined,
  );
  if (!before) return undefined;
  before.next = application.id;
  application.previous = before.id;
  delete before.undo;
  if (before.stage === 'reserve') {
    before.stage = 'withdrawn';
    before.stageAt = turn.now;
  }
  for (const question of turn.vacancy(application.vacancy)?.questions ?? []) {
    const answer = before.answers[question.id];
    if (answer && fitsQuestion(question, answer)) application.answers[question.id] = answer;
  }
  turn.fact('cameBack', application.id, undefined, { stage: turn.stageName(before) });
  return before;
}
