import type { Application, Dialog } from '../candidate.ts';
import type { Button } from '../effect.ts';
import type { Answer, Question } from '../question.ts';
import type { Turn } from '../turn.ts';
import { answerShown } from '../answerShown.ts';
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
    params: { number: index + 1, question: { words: question.text }, answer: answerShown(question, answer) },
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
