import type { Param } from './effect.ts';
import type { Answer, Question } from './question.ts';

/** An answer in the reader's language where the product knows it in both. */
export function answerShown(question: Pick<Question, 'options'>, answer: Answer): Param {
  if (answer.skipped) return '—';
  if (answer.kind === 'yesno')
    return { key: answer.value === 'yes' ? 'candidate.button.yes' : 'candidate.button.no' };
  const { value } = answer;
  const option =
    Array.isArray(value) && value.length === 1 && question.options?.find(({ id }) => id === value[0]);
  return option ? { words: option.text } : answer.text;
}
