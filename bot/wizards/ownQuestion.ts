import { counted } from '../../flows/counted.ts';
import type { Question, Words } from '../../flows/question.ts';
import { randomId } from '../../runtime/clock.ts';
import { inAll } from '../questionLibrary.ts';
import { inRows } from '../speech.ts';
import { askBounds, askOptions, askRule } from './ownAnswer.ts';
import type { Accepted, WizardTalk } from './wizardTalk.ts';
import { askWords, oneLine } from './wizardTexts.ts';

/** Kinds a recruiter words alone; the city and the phone are in the library, for the product knows them. */
const kinds = ['yesno', 'choice', 'several', 'number', 'text', 'date', 'file'] as const;
const most = 20;
/** The usual ones; whatever else is typed. */
const units = [...counted, 'roubles', 'kilograms'] as const;

/** Questions in the recruiter's own words, as many as they like. */
export async function askOwnQuestions(talk: WizardTalk): Promise<Question[]> {
  const own: Question[] = [];
  while (own.length < most && (await askMore(talk, own.length)))
    own.push(await askOwnQuestion(talk, own.length));
  return own;
}

function askMore(talk: WizardTalk, count: number): Promise<boolean> {
  const step = `more${count}`;
  const add = talk.button(step, 'add', 'staff.wizard.own.add');
  const next = talk.button(step, 'next', 'staff.wizard.next', { style: 'primary' });
  const question = { step, key: 'staff.wizard.own.more', params: { count }, buttons: [[add], [next]] };
  return talk.ask(question, (answer): Accepted<boolean> =>
    'tapped' in answer ? { value: answer.tapped === 'add' } : { hint: 'staff.wizard.useButtons' },
  );
}

/**
 * One question: its kind, its words, what may be answered, and how the answer counts.
 *
 * @param number of the question in this wizard: buttons of an earlier one are known as old by it
 */
export async function askOwnQuestion(talk: WizardTalk, number: number): Promise<Question> {
  const id = await talk.conversation.external(() => `own_${randomId(6)}`);
  const at = (step: string) => `${step}${number}`;
  const kind = await askKind(talk, at('kind'));
  const text = await askWords(talk, at('words'), 3, 200, 'staff.wizard.own.text');
  const question: Question = { id, kind, text };
  if (kind === 'choice' || kind === 'several') question.options = await askOptions(talk, at('options'));
  if (kind === 'number') {
    const unit = await askUnit(talk, at('unit'));
    Object.assign(question, unit && { unit }, await askBounds(talk, at('bounds')));
  }
  const rule = await askRule(talk, at('rule'), question);
  return { ...question, ...(rule && { rule }) };
}

/** What the answer is counted in: one of the usual by its button, or typed as the agency calls it. */
function askUnit(talk: WizardTalk, step: string): Promise<Words | undefined> {
  const usual = units.map((unit) => talk.button(step, unit, `unit.name.${unit}`));
  const skip = talk.button(step, 'skip', 'staff.wizard.skip');
  const buttons = [...inRows(usual, 3), [skip]];
  return talk.ask<Words | undefined>({ step, key: 'staff.wizard.own.unit', buttons }, (answer) => {
    if ('tapped' in answer) {
      const unit = units.find((one) => one === answer.tapped);
      return { value: unit && inAll(talk.deps.words, `unit.name.${unit}`) };
    }
    const typed = oneLine(answer, 1, 20);
    return 'value' in typed ? { value: { ru: typed.value } } : typed;
  });
}

function askKind(talk: WizardTalk, step: string): Promise<Question['kind']> {
  const buttons = kinds.map((kind) => [talk.button(step, kind, `staff.vacancy.kind.${kind}`)]);
  return talk.ask({ step, key: 'staff.wizard.own.kind', buttons }, (answer): Accepted<Question['kind']> => {
    const kind = 'tapped' in answer && kinds.find((one) => one === answer.tapped);
    return kind ? { value: kind } : { hint: 'staff.wizard.useButtons' };
  });
}
