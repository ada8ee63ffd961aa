import type { Application, Dialog } from '../candidate.ts';
import type { Button, Param, Params } from '../effect.ts';
import type { Happened } from '../event.ts';
import type { Answer, Question } from '../question.ts';
import type { Turn } from '../turn.ts';
import { misunderstood } from '../candidateMessages.ts';
import { saidYesOrNo } from '../line/saidYesOrNo.ts';
import { provedPhone } from '../provedPhone.ts';
import { refuse } from '../refuse.ts';
import { fitsRule, scoreApplication } from '../score.ts';
import { askCheck } from './checkAnswers.ts';
import { invite } from './slotChoice.ts';
import { parseAnswer } from './parseAnswer.ts';

type QuestionDialog = Extract<Dialog, { kind: 'question' }>;
type Arrived = Extract<Happened, { type: 'messageArrived' }>;

/** Ask the first question of the vacancy, as it is today, that has no answer yet; or finish. */
export function nextQuestion(turn: Turn, application: Application): void {
  const question = questionsOf(turn, application).find(({ id }) => !(id in application.answers));
  if (!question)
    return application.checking ? askCheck(turn, application) : finishScreening(turn, application);
  const phone = question.kind === 'phone' ? provedPhone(turn.state) : undefined;
  if (phone !== undefined) return keepPhone(turn, application, question, phone);
  turn.ask({ kind: 'question', application: application.id, question });
  const { dialog } = turn.state;
  if (dialog?.kind === 'question') showQuestion(turn, dialog);
}

/** The channel they write by is proof of the number: it is not asked for. */
function keepPhone(turn: Turn, application: Application, question: Question, phone: string): void {
  knowPhone(turn, application, phone, true);
  keep(turn, application, question, { value: phone, text: phone });
}

/** The question with its progress ("3 of 6"), its choices and the way back. */
export function showQuestion(turn: Turn, dialog: QuestionDialog): void {
  const application = turn.application(dialog.application ?? '');
  if (!application) return;
  const { question, prompt } = dialog;
  // What is never asked is not counted, or the last number would be jumped to.
  const questions = questionsOf(turn, application).filter(
    (one) => one.id === question.id || isAsked(turn, one),
  );
  const number = questions.findIndex(({ id }) => id === question.id) + 1;
  const params = {
    number: number > 0 ? number : Object.keys(application.answers).length + 1,
    total: Math.max(questions.length, number),
    question: { words: question.text },
    hint: { key: `candidate.answer.${question.kind}`, params: { limits: limits(question) } },
  };
  const back = Object.keys(application.answers).length > 0;
  const service: Button[] = [
    ...(back ? [{ label: { key: 'candidate.button.back' }, data: `p:${prompt}:back` }] : []),
    ...(question.optional ? [{ label: { key: 'candidate.button.skip' }, data: `p:${prompt}:skip` }] : []),
  ];
  const buttons = [
    ...choices(question, prompt, dialog.picked ?? []),
    ...(service.length > 0 ? [service] : []),
  ];
  if (question.kind === 'phone')
    // "Back" as a button too: for messengers that show their contact button beside others.
    turn.say('candidate.question.text', params, back ? [service] : undefined, { askContact: true, back });
  else if (question.kind === 'several') turn.step('candidate.question.text', params, buttons);
  else turn.say('candidate.question.text', params, buttons);
}

/** A tap on one of the question's buttons. */
export function tapQuestion(turn: Turn, dialog: QuestionDialog, choice: string): void {
  const application = turn.application(dialog.application ?? '');
  if (!application) return;
  if (choice === 'back') return goBack(turn, application);
  if (choice === 'skip' && dialog.question.optional)
    return keep(turn, application, dialog.question, { value: '', text: '—', skipped: true });
  if (dialog.question.kind === 'several') {
    const picked = new Set(dialog.picked ?? []);
    if (choice === 'done' && picked.size > 0)
      return understand(
        turn,
        application,
        dialog,
        [...picked]
          .map((id) => 1 + (dialog.question.options ?? []).findIndex((option) => option.id === id))
          .join(','),
      );
    if (choice === 'done') return misunderstood(turn, 'candidate.hint.several');
    const option = dialog.question.options?.[Number(choice)];
    if (!option) return;
    if (!picked.delete(option.id)) picked.add(option.id);
    dialog.picked = [...picked];
    turn.drawOver = true;
    return showQuestion(turn, dialog);
  }
  if (dialog.question.kind === 'choice')
    return understand(turn, application, dialog, String(Number(choice) + 1));
  understand(turn, application, dialog, choice);
}

/** Something came while a question was open: typed, a contact, a file, or out of place. */
export function answerQuestion(turn: Turn, dialog: QuestionDialog, event: Arrived): void {
  const application = turn.application(dialog.application ?? '');
  if (!application) return;
  const { question } = dialog;
  if (event.kind === 'file' && question.kind === 'file' && event.file) {
    return keep(turn, application, question, {
      value: event.file.name,
      text: event.file.name,
      file: event.file,
    });
  }
  if (event.kind === 'contact' && event.contact) {
    if (!event.contact.own) return misunderstood(turn, 'candidate.hint.otherContact');
    if (question.kind === 'phone') return understand(turn, application, dialog, event.contact.phone, true);
  }
  if (event.kind === 'file') return misunderstood(turn, 'candidate.hint.otherFile');
  if (event.kind !== 'text' && event.kind !== 'forwarded')
    return misunderstood(turn, `candidate.hint.${event.kind}`);
  // A button of the reply keyboard comes as its label, with its arrow.
  const said = (event.text ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s+-]/gu, '')
    .trim();
  const typed = (list: 'back' | 'skip' | 'done') =>
    Object.values(turn.facts.lexicon).some((words) => words[list].includes(said));
  if (typed('back')) return goBack(turn, application);
  if (question.optional && (typed('skip') || (question.kind === 'file' && saidYesOrNo(turn, said) === 'no')))
    return keep(turn, application, question, { value: '', text: '—', skipped: true });
  if (question.kind === 'several' && typed('done')) return tapQuestion(turn, dialog, 'done');
  if (question.kind === 'choice' && isDoubtful(question, (event.text ?? '').trim(), turn.state.lang))
    return misunderstood(turn, 'candidate.hint.choice');
  understand(turn, application, dialog, event.text ?? '');
}

/** "2" may be the second choice, or the one that is called "2/2". */
function isDoubtful({ options = [] }: Question, said: string, lang: string): boolean {
  if (!/^\d+$/.test(said)) return false;
  const named = options.findIndex(({ text }) => new RegExp(`^${said}\\D`).test(text[lang] ?? text.ru));
  return named >= 0 && named !== Number(said) - 1;
}

function understand(
  turn: Turn,
  application: Application,
  dialog: QuestionDialog,
  text: string,
  own = false,
): void {
  const { lang, zone } = turn.state;
  const { question } = dialog;
  const choice = question.kind === 'yesno' && (text === 'yes' || text === 'no') ? text : undefined;
  const parsed = choice
    ? { ok: true as const, value: choice, text: choice }
    : parseAnswer(question, text, { facts: turn.facts, lang, zone, now: turn.now });
  if (!parsed.ok) return misunderstood(turn, `candidate.hint.${parsed.hint}`);
  if ('zone' in parsed && parsed.zone) {
    turn.state.zone = parsed.zone;
    turn.state.city = parsed.text;
  }
  if (question.kind === 'phone' && typeof parsed.value === 'string') {
    knowPhone(turn, application, parsed.value, own);
  }
  if (question.kind === 'email') turn.state.email = parsed.text;
  if (question.id === 'birthday' && question.kind === 'date') turn.state.birthday = String(parsed.value);
  keep(turn, application, question, { value: parsed.value, text: parsed.text });
}

/** `own`: proved to be theirs. Others with the same number are looked for. */
function knowPhone(turn: Turn, application: Application, phone: string, own: boolean): void {
  turn.state.phone = phone;
  const key = `${turn.event.id}:${turn.id()}`;
  turn.effects.push({ type: 'findSame', key, application: application.id, phone, own });
}

function keep(
  turn: Turn,
  application: Application,
  question: Question,
  given: Pick<Answer, 'value' | 'text' | 'file' | 'skipped'>,
): void {
  application.answers[question.id] = { ...given, kind: question.kind, at: turn.now, asked: question.text.ru };
  if (question.rule?.knockOut && !fitsRule(question, application.answers[question.id]))
    return knockOut(turn, application);
  nextQuestion(turn, application);
}

/** Answers taken over from before are right: they count as if they had been given now. */
export function confirmAnswers(turn: Turn, application: Application): void {
  delete application.checking;
  const wrong = questionsOf(turn, application).some(
    (question) => question.rule?.knockOut && !fitsRule(question, application.answers[question.id]),
  );
  if (wrong) return knockOut(turn, application);
  nextQuestion(turn, application);
}

function knockOut(turn: Turn, application: Application): void {
  // A recruiter has taken it further meanwhile: what the answers mean is theirs to say.
  if (application.stage !== 'screening') return finishScreening(turn, application);
  close(turn, application);
  turn.say('candidate.screened', undefined, undefined, { dropKeyboard: true });
  refuse(turn, application, { reason: 'knockOut', by: 'bot' });
  turn.tell(application, 'notice.knockedOut', {}, {}, [
    [{ label: { key: 'notice.button.undo' }, data: `s:undo:${application.id}` }],
  ]);
}

function finishScreening(turn: Turn, application: Application): void {
  close(turn, application);
  const ahead = application.stage !== 'screening';
  if (!ahead) {
    application.stage = 'review';
    application.stageAt = turn.now;
  }
  const member = application.recruiter;
  if (member) {
    const message = { key: 'view:card', params: { application: application.id } };
    turn.notify({ member }, message, {
      application: application.id,
      place: `card:${application.id}:${member}`,
    });
  }
  const vacancy = turn.vacancy(application.vacancy);
  if (!ahead && vacancy?.autoInvite && application.score?.fits) return invite(turn, application, 'bot');
  turn.say('candidate.screened', undefined, undefined, { dropKeyboard: true });
  if (!ahead) turn.addTask(application, 'review');
}

function close(turn: Turn, application: Application): void {
  delete turn.state.dialog;
  application.screened = turn.now;
  const vacancy = turn.vacancy(application.vacancy);
  if (vacancy) application.score = scoreApplication(vacancy, application);
  turn.fact('screened', application.id, undefined, {
    points: application.score?.points ?? 0,
    of: application.score?.of ?? 0,
  });
}

/** Back to the answer given last; at the first question there is nowhere to go. */
function goBack(turn: Turn, application: Application): void {
  const last = Object.entries(application.answers)
    .filter(([, answer]) => isAsked(turn, answer))
    .sort(([, a], [, b]) => b.at - a.at)[0];
  const ordered = questionsOf(turn, application).findLast(
    (question) => question.id in application.answers && isAsked(turn, question),
  );
  const id = ordered?.id ?? last?.[0];
  if (id === undefined) {
    turn.toast = { key: 'candidate.toast.first' };
  } else {
    application.answers = Object.fromEntries(
      Object.entries(application.answers).filter(([key]) => key !== id),
    );
  }
  nextQuestion(turn, application);
}

/** Not so a phone number that the channel proves. */
function isAsked(turn: Turn, { kind }: { kind: Question['kind'] }): boolean {
  return kind !== 'phone' || provedPhone(turn.state) === undefined;
}

function questionsOf(turn: Turn, application: Application): Question[] {
  return turn.vacancy(application.vacancy)?.questions ?? [];
}

/** What a number may be, in words; a question may have one bound, both or none. */
function limits({ min, max, unit }: Question): Param {
  const known = [min, max].filter((bound) => bound !== undefined).length;
  const key = known === 2 ? 'between' : min !== undefined ? 'from' : max !== undefined ? 'to' : 'any';
  const withUnit = (bound: number): Param => (unit ? { amount: bound, unit, limit: true } : bound);
  const params: Params = {
    ...(min !== undefined && { min: max === undefined ? withUnit(min) : min }),
    ...(max !== undefined && { max: withUnit(max) }),
  };
  return { key: `candidate.limits.${key}`, params };
}

function choices(question: Question, prompt: string, picked: string[]): Button[][] {
  if (question.kind === 'yesno') {
    return [
      [
        { label: { key: 'candidate.button.yes' }, data: `p:${prompt}:yes`, style: 'success' },
        { label: { key: 'candidate.button.no' }, data: `p:${prompt}:no`, style: 'danger' },
      ],
    ];
  }
  const options = (question.options ?? []).map((option, index): Button[] => [
    picked.includes(option.id)
      ? {
          label: { key: 'candidate.button.picked', params: { option: { words: option.text } } },
          data: `p:${prompt}:${index}`,
        }
      : { label: { words: option.text }, data: `p:${prompt}:${index}` },
  ]);
  if (question.kind !== 'several') return options;
  return [
    ...options,
    [{ label: { key: 'candidate.button.done' }, data: `p:${prompt}:done`, style: 'primary' }],
  ];
}
