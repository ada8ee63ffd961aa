import type { Question, Rule } from '../../flows/question.ts';
import type { Accepted, WizardAnswer, WizardTalk } from './wizardTalk.ts';
import { askOr } from './wizardTexts.ts';

type Bounds = { min?: number; max?: number };

/** The choices, one a line; the English words may stand behind a slash. */
export function askOptions(talk: WizardTalk, step: string): Promise<NonNullable<Question['options']>> {
  return talk.ask<NonNullable<Question['options']>>({ step, key: 'staff.wizard.own.options' }, (answer) => {
    const lines = 'text' in answer ? answer.text.split('\n').map((line) => line.trim()) : [];
    const given = lines.filter(Boolean).map((line) => line.split(/\s+\/\s+/));
    const wrong = given.some(([ru = '', en = '']) => ru.length > 60 || en.length > 60);
    if (given.length < 2 || given.length > 12 || wrong) return { hint: 'staff.wizard.own.badOptions' };
    return {
      value: given.map(([ru = '', en], index) => ({
        id: `o${index + 1}`,
        text: { ru, ...(en && { en }) },
      })),
    };
  });
}

/** What a number may be: "0-60", "from 18" as "18-", "up to 60" as "-60"; or anything. */
export async function askBounds(talk: WizardTalk, step: string): Promise<Bounds> {
  return (await askOr(talk, step, 'staff.wizard.own.bounds', bounds)) ?? {};
}

/** How the answer counts: not at all, for points, or as a must; and which answers are right. */
export async function askRule(talk: WizardTalk, step: string, question: Question): Promise<Rule | undefined> {
  if (!['yesno', 'choice', 'several', 'number'].includes(question.kind)) return undefined;
  const weights = ['none', 'points', 'must'] as const;
  const buttons = weights.map((weight) => [talk.button(step, weight, `staff.wizard.own.${weight}`)]);
  const weight = await talk.ask<(typeof weights)[number]>(
    { step, key: 'staff.wizard.own.rule', buttons },
    (answer) => {
      const chosen = 'tapped' in answer && weights.find((one) => one === answer.tapped);
      return chosen ? { value: chosen } : { hint: 'staff.wizard.useButtons' };
    },
  );
  if (weight === 'none') return undefined;
  const counts = weight === 'must' ? { knockOut: true } : { points: 1 };
  if (question.kind === 'number') {
    const key = 'staff.wizard.own.rightNumber';
    return { ...(await talk.ask<Bounds>({ step: `${step}right`, key }, bounds)), ...counts };
  }
  return { expect: await askRight(talk, `${step}right`, question), ...counts };
}

function askRight(talk: WizardTalk, step: string, question: Question): Promise<string[]> {
  if (question.kind === 'yesno') {
    const buttons = [['yes', 'no'].map((said) => talk.button(step, said, `candidate.button.${said}`))];
    return talk.ask({ step, key: 'staff.wizard.own.rightYes', buttons }, (answer): Accepted<string[]> =>
      'tapped' in answer ? { value: [answer.tapped] } : { hint: 'staff.wizard.useButtons' },
    );
  }
  const options = question.options ?? [];
  const lines = options.map(({ text }, index) => ({
    key: 'staff.wizard.questionLine',
    params: { number: index + 1, question: { words: text } },
  }));
  return talk.ask<string[]>(
    { step, key: 'staff.wizard.own.rightOptions', params: { lines: { lines } } },
    (answer) => {
      const numbers =
        'text' in answer
          ? answer.text
              .split(/[\s,;]+/)
              .filter(Boolean)
              .map(Number)
          : [];
      const chosen = numbers.map((number) => options[number - 1]?.id);
      const known = chosen.filter((id) => id !== undefined);
      return known.length > 0 && known.length === chosen.length
        ? { value: known }
        : { hint: 'staff.wizard.own.badNumbers' };
    },
  );
}

function bounds(answer: WizardAnswer): Accepted<Bounds> {
  const typed = 'text' in answer ? answer.text.replace(/\s/g, '').replaceAll(/[\u2013\u2014]/g, '-') : '';
  const [, from, to] = /^(\d{0,9})-(\d{0,9})$/.exec(typed) ?? [];
  const min = from ? Number(from) : undefined;
  const max = to ? Number(to) : undefined;
  if (min === undefined && max === undefined) return { hint: 'staff.wizard.own.badBounds' };
  if (min !== undefined && max !== undefined && min > max) return { hint: 'staff.wizard.own.badBounds' };
  return { value: { ...(min !== undefined && { min }), ...(max !== undefined && { max }) } };
}
