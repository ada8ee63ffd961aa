import type { Application } from './candidate.ts';
import type { Vacancy } from './vacancy.ts';

/** May this recruiter act on it: theirs, not taken yet, on a vacancy of theirs, or with a task that is theirs? */
export function isTheirs(application: Application, vacancy: Vacancy | undefined, recruiter: string): boolean {
  return (
    application.recruiter === recruiter ||
    application.taken === undefined ||
    vacancy?.recruiters.includes(recruiter) === true ||
    application.tasks.some(({ done, member }) => done === undefined && member === recruiter)
  );
}
