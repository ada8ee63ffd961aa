import { askSome } from './askSome.ts';
import type { Params } from '../../flows/effect.ts';
import type { Member } from '../../flows/member.ts';
import type { Format } from '../../flows/vacancy.ts';
import type { RenderedButton } from '../../runtime/words.ts';
import { picked, questionLibrary } from '../questionLibrary.ts';
import { inRows } from '../speech.ts';
import type { Accepted, WizardQuestion, WizardTalk } from './wizardTalk.ts';

type Chosen = Record<string, 'asked' | 'must'>;

/** Which questions are asked: each press turns one from off to asked, to a must (where it has a rule), to off. */
export function askQuestions(talk: WizardTalk): Promise<Chosen> {
  let chosen: Chosen = { ...picked };
  const mark = { asked: '✅', must: '⛔️', off: '▫️' };
  const buttons = () =>
    questionLibrary.map(({ id }): RenderedButton => {
      const button = talk.button('questions', id, `staff.library.${id}.short`);
      return { ...button, label: `${mark[chosen[id] ?? 'off']} ${button.label}` };
    });
  const screen = () => toggleScreen(talk, 'questions', buttons());
  return talk.ask(screen(), (answer): Accepted<Chosen> => {
    if (!('tapped' in answer)) return { hint: 'staff.wizard.useButtons' };
    const { tapped } = answer;
    if (tapped === 'done') {
      return Object.keys(chosen).length > 0 ? { value: chosen } : { hint: 'staff.wizard.atLeastOne' };
    }
    const question = questionLibrary.find(({ id }) => id === tapped);
    const next = !chosen[tapped]
      ? 'asked'
      : chosen[tapped] === 'asked' && question?.rule
        ? 'must'
        : undefined;
    const rest = Object.fromEntries(Object.entries(chosen).filter(([id]) => id !== tapped));
    chosen = next ? { ...rest, [tapped]: next } : rest;
    return { again: screen() };
  });
}

const usual = [1, 2, 3, 5, 10, 20];

/** How many people are wanted: tapped or typed; without a limit the vacancy never closes by itself. */
export function askPlaces(talk: WizardTalk): Promise<number | undefined> {
  const buttons = usual.map((count) => ({
    ...talk.button('places', String(count), 'staff.wizard.next'),
    label: String(count),
  }));
  const any = talk.button('places', 'any', 'places.anyButton');
  const question = { step: 'places', key: 'places.ask', buttons: [...inRows(buttons, 3), [any]] };
  return talk.ask<number | undefined>(question, (answer) => {
    const said = 'tapped' in answer ? answer.tapped : answer.text.trim();
    if (said === 'any') return { value: undefined };
    const count = /^\d{1,3}$/.test(said) ? Number(said) : 0;
    return count > 0 ? { value: count } : { hint: 'places.bad' };
  });
}

/** How interviews are held: one format or more. */
export async function askFormats(talk: WizardTalk, before: Format[] = ['phone']): Promise<Format[]> {
  const all: Format[] = ['phone', 'zoom', 'office'];
  const items = all.map((format) => ({ value: format, label: talk.said.plain(`staff.format.${format}`) }));
  const question = { step: 'formats', key: 'staff.wizard.formats' };
  const chosen = await askSome(talk, question, items, { before, least: 1, perRow: 2 });
  return all.filter((format) => chosen.includes(format));
}

/** Which members: some of them, or at most one. */
export function askPeople(
  talk: WizardTalk,
  step: 'interviewers' | 'client',
  members: Member[],
  before: string[],
  many: 'some' | 'one',
): Promise<string[]> {
  const items = members.slice(0, 40).map(({ _id, name, company }) => ({
    value: _id,
    label: [name, company].filter(Boolean).join(', ').slice(0, 50),
  }));
  const rule = { before, perRow: 2, ...(many === 'one' ? { one: true } : { least: 1 }) };
  return askSome(talk, { step, key: `staff.wizard.${step}` }, items, rule);
}

/** Yes or no. */
export function askYes(talk: WizardTalk, step: 'auto' | 'confirm', params?: Params): Promise<boolean> {
  const yes = talk.button(step, 'yes', `staff.wizard.${step}Yes`, { style: 'success' });
  const no = talk.button(step, 'no', `staff.wizard.${step}No`, step === 'confirm' ? { style: 'danger' } : {});
  const question = { step, key: `staff.wizard.${step}`, ...(params && { params }), buttons: [[yes, no]] };
  return talk.ask(question, (answer): Accepted<boolean> =>
    'tapped' in answer ? { value: answer.tapped === 'yes' } : { hint: 'staff.wizard.useButtons' },
  );
}

function toggleScreen(talk: WizardTalk, step: string, buttons: RenderedButton[]): WizardQuestion {
  const done = talk.button(step, 'done', 'staff.wizard.next', { style: 'primary' });
  return { step, key: `staff.wizard.${step}`, buttons: [...inRows(buttons, 2), [done]] };
}
