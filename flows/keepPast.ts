import type { Application, Interview } from './candidate.ts';

/** An interview that was held makes room for the next one, and stays in the history with its window. */
export function keepPast(application: Application, interview: Interview): void {
  application.past = [...(application.past ?? []), interview];
  delete application.interview;
}
