import { DateTime } from 'luxon';
import type { Application, Candidate } from '../candidate.ts';
import { fitsQuestion } from '../fitsQuestion.ts';
import type { Answer, Question } from '../question.ts';
import type { Turn } from '../turn.ts';

/** What a person answered to this question last, on whatever vacancy it was asked. */
export function recalled(person: Candidate, question: Question): Answer | undefined {
  const answers = person.applications.flatMap(({ answers: given }) => {
    const answer = given[question.id];
    return answer && !answer.skipped && !isOver(answer) ? [answer] : [];
  });
  return answers.reduce<Answer | undefined>(
    (newest, one) => (newest && newest.at > one.at ? newest : one),
    undefined,
  );
}

/** A day that was to come when it was named, as "when can you start", says nothing later. */
function isOver({ kind, value, at }: Answer): boolean {
  return kind === 'date' && String(value) >= (DateTime.fromMillis(at, { zone: 'utc' }).toISODate() ?? '');
}

/**
 * We wrote to them, so they need not write everything again: what they answered elsewhere is taken over.
 *
 * @returns whether there was anything
 */
export function recallAnswers(turn: Turn, application: Application): boolean {
  for (const question of turn.vacancy(application.vacancy)?.questions ?? []) {
    if (question.id in application.answers) continue;
    const answer = recalled(turn.state, question);
    if (answer && fitsQuestion(question, answer)) application.answers[question.id] = answer;
  }
  const any = Object.keys(application.answers).length > 0;
  if (any) application.checking = true;
  return any;
}
