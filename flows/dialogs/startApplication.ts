import type { Application } from '../candidate.ts';
import { newestOf } from '../pipelines/specOf.ts';
import { recallAnswers } from '../matching/recall.ts';
import { named } from '../named.ts';
import type { Turn } from '../turn.ts';
import { continueFrom } from './comingBack.ts';
import { nextQuestion } from './screening.ts';

/** A person applies: the lead gets its recruiter and its clock, and the questions begin. */
export function startApplication(turn: Turn, vacancy: string, source: string): void {
  if (turn.state.blacklisted) {
    delete turn.state.dialog;
    return turn.say('candidate.notNow');
  }
  const application = addApplication(turn, vacancy, source);
  const before = continueFrom(turn, application);
  if (before) {
    application.checking = Object.keys(application.answers).length > 0;
    turn.say('candidate.again.welcome');
  }
  if (source === 'offer' && recallAnswers(turn, application) && !before) turn.say('match.recalled');
  const was = before && { before: turn.stageName(before) };
  const key = before ? 'notice.cameBack' : 'notice.newLead';
  turn.tell(application, key, { source: named('source', source), ...was }, {}, [
    [{ label: { key: 'notice.button.take' }, data: `s:take:${application.id}`, style: 'success' }],
  ]);
  nextQuestion(turn, application);
}

/** A new application in its first stage, with the recruiter whose turn it is: a lead that waits to be taken. */
export function addApplication(turn: Turn, vacancy: string, source: string, by?: string): Application {
  const application = newApplication(turn, vacancy, source);
  turn.fact('applied', application.id, by, { source: named('source', source) });
  turn.addTask(application, 'take');
  return application;
}

/** A new application without a word about it: who brings it says what it is. */
export function newApplication(turn: Turn, vacancy: string, source: string): Application {
  // Whoever knows the person goes on with them, and whoever wrote to them.
  const known = turn.state.applications.findLast((one) => one.vacancy === vacancy)?.recruiter;
  const offeredBy = turn.state.offers?.find((offer) => offer.vacancy === vacancy)?.by;
  const mine = [known, turn.member(offeredBy)?.role === 'recruiter' ? offeredBy : undefined];
  const recruiter = mine.find((id) => turn.member(id)?.active) ?? turn.facts.turn[vacancy];
  const { id: pipeline, version } = newestOf(turn.facts.pipelines, turn.vacancy(vacancy)?.pipeline);
  const application: Application = {
    id: turn.id(),
    vacancy,
    source,
    createdAt: turn.now,
    stage: 'screening',
    stageAt: turn.now,
    pipeline: { id: pipeline, version },
    ...(recruiter && { recruiter }),
    answers: {},
    interviewVersion: 0,
    tasks: [],
    notes: [],
    files: [],
  };
  turn.state.applications.push(application);
  return application;
}
