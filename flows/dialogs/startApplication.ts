import type { Application } from '../candidate.ts';
import { named } from '../named.ts';
import type { Turn } from '../turn.ts';
import { nextQuestion } from './screening.ts';

/** A person applies: the lead gets its recruiter and its clock, and the questions begin. */
export function startApplication(turn: Turn, vacancy: string, source: string): void {
  if (turn.state.blacklisted) {
    delete turn.state.dialog;
    return turn.say('candidate.notNow');
  }
  const application = addApplication(turn, vacancy, source);
  turn.tell(application, 'notice.newLead', { source: named('source', source) }, {}, [
    [{ label: { key: 'notice.button.take' }, data: `s:take:${application.id}`, style: 'success' }],
  ]);
  nextQuestion(turn, application);
}

/** A new application in its first stage, with the recruiter whose turn it is. */
export function addApplication(turn: Turn, vacancy: string, source: string, by?: string): Application {
  const recruiter = turn.facts.turn[vacancy];
  const application: Application = {
    id: turn.id(),
    vacancy,
    source,
    createdAt: turn.now,
    stage: 'screening',
    stageAt: turn.now,
    ...(recruiter && { recruiter }),
    answers: {},
    interviewVersion: 0,
    tasks: [],
    notes: [],
    files: [],
  };
  turn.state.applications.push(application);
  turn.fact('applied', application.id, by, { source: named('source', source) });
  turn.addTask(application, 'take');
  return application;
}
