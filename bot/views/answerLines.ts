import type { Answer, Question, Words } from '../../flows/question.ts';
import type { Param } from '../../flows/effect.ts';
import type { CardFacts } from './cardFacts.ts';

/**
 * The answers in the questionnaire's order, each with whether it fits, and the score with its reasons. Answers to
 * questions that were removed since come last, as they were asked.
 *
 * @param length how many characters of each answer
 * @param most how many answers; the rest are counted
 */
export function answerLines(facts: CardFacts, length: number, most = 40): string[] {
  const { speech, application, vacancy } = facts;
  const questions = vacancy?.questions ?? [];
  const ids = [
    ...questions.map(({ id }) => id).filter((id) => id in application.answers),
    ...Object.keys(application.answers).filter((id) => !questions.some((question) => question.id === id)),
  ];
  const lines = ids.slice(0, most).flatMap((id) => {
    const answer = application.answers[id];
    const question = questions.find((one) => one.id === id);
    return answer ? [answerLine(facts, id, answer, question, length)] : [];
  });
  if (ids.length > most) lines.push(speech.text('staff.card.moreAnswers', { count: ids.length - most }));
  return [...scoreLines(facts), ...lines, ...progressLines(facts)];
}

function answerLine(
  { speech, application }: CardFacts,
  id: string,
  answer: Answer,
  question: Question | undefined,
  length: number,
): string {
  const rule = application.score?.rules.find((one) => one.question === id);
  const mark = rule ? (rule.fits ? 'fits' : rule.knockOut ? 'knockOut' : 'fitsNot') : 'plain';
  return speech.text(`staff.card.answer.${mark}`, {
    question: shorten(inLang(question?.text ?? { ru: answer.asked }, speech.reader.lang), 100),
    answer: said(answer, question, speech.reader.lang, length),
  });
}

/** What was answered, in the reader's language where the answer was a choice. */
function said(answer: Answer, question: Question | undefined, lang: string, length: number): Param {
  if (answer.skipped) return { key: 'staff.card.skipped' };
  if (answer.kind === 'yesno' && (answer.value === 'yes' || answer.value === 'no')) {
    return { key: `staff.card.${answer.value}` };
  }
  if (Array.isArray(answer.value) && question?.options) {
    const { value } = answer;
    const chosen = question.options.filter((option) => value.includes(option.id));
    if (chosen.length > 0) return shorten(chosen.map(({ text }) => inLang(text, lang)).join(', '), length);
  }
  const unit = answer.kind === 'number' ? question?.unit : undefined;
  if (unit && typeof answer.value === 'number') return { amount: answer.value, unit };
  return `${answer.file ? '📎 ' : ''}${shorten(answer.text, length)}`;
}

function scoreLines({ speech, application }: CardFacts): string[] {
  const { score } = application;
  if (!score) return [];
  const { points, of } = score;
  return [speech.text(score.fits ? 'staff.card.scoreFits' : 'staff.card.scoreFitsNot', { points, of })];
}

/** Where somebody who is still answering is. */
function progressLines({ speech, application, vacancy }: CardFacts): string[] {
  if (application.stage !== 'screening' || application.screened !== undefined) return [];
  const done = Object.keys(application.answers).length;
  return [speech.text('staff.card.progress', { done, of: vacancy?.questions.length ?? done })];
}

function inLang(words: Words, lang: string): string {
  return words[lang] ?? words.ru;
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
