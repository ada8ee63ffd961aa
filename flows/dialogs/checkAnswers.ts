import type { Application, Dialog } from '../candidate.ts';
import type { Button, Param } from '../effect.ts';
import type { Answer, Question } from '../question.ts';
import type { Turn } from '../turn.ts';
import { misunderstood } from '../candidateMessages.ts';
import { confirmAnswers, nextQuestion } from './screening.ts';

type CheckDialog = Extract<Dialog, { kind: 'check' }>;

const perRow = 4;

/** Somebody came back: what they answered then is shown, to be confirmed or changed one by one. */
export function askCheck(turn: Turn, application: Application): void {
  const prompt = turn.ask({ kind: 'check', application: application.id });
  const answered = answeredOf(turn, application);
  const lines = answered.map(([question, answer], index) => ({
    key: 'candidate.again.line',
    params: { number: index + 1, question: { words: question.text }, answer: said(question, answer) },
  }));
  const numbers = answered.map((_, index): Button => ({
    label: { key: 'candidate.again.change', params: { number: index + 1 } },
    data: `p:${prompt}:${index + 1}`,
  }));
  const rows: Button[][] = [];
  for (let at = 0; at < numbers.length; at += perRow) rows.push(numbers.slice(at, at + perRow));
  turn.say(
    'candidate.again.check',
    { lines: { lines } },
    [
      [{ label: { key: 'candidate.again.right' }, data: `p:${prompt}:yes`, style: 'success' }],
      ...rows,
      [{ label: { key: 'candidate.again.anew' }, data: `p:${prompt}:anew` }],
    ],
    { dropKeyboard: true },
  );
}

/** "All right", a number to change, or everything anew; tapped or typed. */
export function answerCheck(turn: Turn, dialog: CheckDialog, answer: string): void {
  const application = turn.application(dialog.application ?? '');
  if (!application) return;
  const text = answer
    .trim()
    .toLowerCase()
    .replace(/[!.,]+$/, '');
  if (text === 'yes' || Object.values(turn.facts.lexicon).some(({ yes }) => yes.includes(text)))
    return confirmAnswers(turn, application);
  if (text === 'anew') {
    application.answers = {};
    delete application.checking;
    return nextQuestion(turn, application);
  }
  const [question] = answeredOf(turn, application)[Number(text) - 1] ?? [];
  if (!question) return misunderstood(turn, 'candidate.hint.check');
  application.answers = Object.fromEntries(
    Object.entries(application.answers).filter(([id]) => id !== question.id),
  );
  nextQuestion(turn, application);
}

function answeredOf(turn: Turn, application: Application): [Question, Answer][] {
  return (turn.vacancy(application.vacancy)?.questions ?? []).flatMap((question): [Question, Answer][] => {
    const answer = application.answers[question.id];
    return answer ? [[question, answer]] : [];
  });
}

/** An answer in the reader's language where the product knows it in both. */
function said(question: Question, answer: Answer): Param {
  if (answer.skipped) return '—';
  if (answer.kind === 'yesno')
    return { key: answer.value === 'yes' ? 'candidate.button.yes' : 'candidate.button.no' };
  const { value } = answer;
  const option =
    Array.isArray(value) && value.length === 1 && question.options?.find(({ id }) => id === value[0]);
  return option ? { words: option.text } : answer.text;
}
