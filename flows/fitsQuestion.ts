import type { Answer, Question } from './question.ts';

/** Is an answer that was given once still one to the question as it stands today? */
export function fitsQuestion(question: Question, answer: Answer): boolean {
  if (answer.kind !== question.kind) return false;
  if (answer.skipped) return question.optional === true;
  const { value } = answer;
  if (Array.isArray(value)) {
    const options = question.options ?? [];
    return value.every((one) => options.some(({ id }) => id === one));
  }
  if (typeof value === 'number')
    return value >= (question.min ?? -Infinity) && value <= (question.max ?? Infinity);
  return true;
}
