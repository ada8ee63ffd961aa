import type { Application, Score } from './candidate.ts';
import type { Answer, Question } from './question.ts';
import type { Vacancy } from './vacancy.ts';

/** Does an answer satisfy its question's rule? A question without a rule always fits. */
export function fitsRule(question: Question, answer: Answer | undefined): boolean {
  const { rule } = question;
  if (!rule) return true;
  if (!answer || answer.skipped) return false;
  const { value } = answer;
  if (typeof value === 'number') return value >= (rule.min ?? -Infinity) && value <= (rule.max ?? Infinity);
  const given = Array.isArray(value) ? value : [value];
  const same = question.kind === 'city' ? (name: string) => name.toLowerCase() : (name: string) => name;
  return rule.expect ? rule.expect.some((wanted) => given.some((one) => same(one) === same(wanted))) : true;
}

/** The portrait, rule by rule: what fits, what does not, and how many points came of it. */
export function scoreApplication(vacancy: Vacancy, application: Application): Score {
  const rules = vacancy.questions.flatMap((question) => {
    if (!question.rule) return [];
    const of = question.rule.points ?? (question.rule.knockOut ? 0 : 1);
    const fits = fitsRule(question, application.answers[question.id]);
    return [
      { question: question.id, fits, points: fits ? of : 0, of, knockOut: question.rule.knockOut === true },
    ];
  });
  const points = rules.reduce((sum, rule) => sum + rule.points, 0);
  const of = rules.reduce((sum, rule) => sum + rule.of, 0);
  const knockedOut = rules.some((rule) => rule.knockOut && !rule.fits);
  const enough =
    vacancy.passScore === undefined ? rules.every((rule) => rule.fits) : points >= vacancy.passScore;
  return { points, of, fits: !knockedOut && enough, rules };
}
