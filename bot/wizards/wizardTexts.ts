import type { Words } from '../../flows/question.ts';
import type { Accepted, WizardAnswer, WizardTalk } from './wizardTalk.ts';

/** At most five short lines: what a candidate sees first. */
const most = 5;

/** One line of text. */
export function askText(
  talk: WizardTalk,
  step: string,
  least: number,
  longest: number,
  key = `staff.wizard.${step}`,
): Promise<string> {
  return talk.ask<string>({ step, key }, (answer) => oneLine(answer, least, longest));
}

/** A line in Russian, then the same in every other language there is; each of those may be skipped. */
export async function askWords(
  talk: WizardTalk,
  step: string,
  least: number,
  longest: number,
  key = `staff.wizard.${step}`,
): Promise<Words> {
  const ru = await askText(talk, step, least, longest, key);
  return { ru, ...(await translations(talk, step, (answer) => oneLine(answer, least, longest))) };
}

/** The vacancy's five lines, likewise. */
export async function askLines(talk: WizardTalk): Promise<Words> {
  const ru = await talk.ask<string>({ step: 'text', key: 'staff.wizard.text' }, fewLines);
  return { ru, ...(await translations(talk, 'text', fewLines)) };
}

/** The link of the video meeting. */
export function askLink(talk: WizardTalk): Promise<string> {
  return talk.ask<string>({ step: 'link', key: 'staff.wizard.link' }, (answer) => {
    const text = 'text' in answer ? answer.text.trim() : '';
    const valid = /^https?:\/\/\S+\.\S+$/i.test(text) && URL.canParse(text);
    return valid ? { value: text } : { hint: 'staff.wizard.badLink' };
  });
}

/** Something that may be left out by its button. */
export function askOr<T>(
  talk: WizardTalk,
  step: string,
  key: string,
  accept: (answer: WizardAnswer) => Accepted<T>,
  language?: string,
): Promise<T | undefined> {
  const params = language ? { language: { key: `staff.language.${language}` } } : undefined;
  const skip = talk.button(step, 'skip', 'staff.wizard.skip');
  return talk.ask<T | undefined>({ step, key, ...(params && { params }), buttons: [[skip]] }, (answer) =>
    'tapped' in answer ? { value: undefined } : accept(answer),
  );
}

async function translations(
  talk: WizardTalk,
  step: string,
  accept: (answer: WizardAnswer) => Accepted<string>,
): Promise<Record<string, string>> {
  const said: Record<string, string> = {};
  for (const lang of talk.deps.words.langs.filter((one) => one !== 'ru')) {
    const text = await askOr(talk, `${step}-${lang}`, 'staff.wizard.translation', accept, lang);
    if (text !== undefined) said[lang] = text;
  }
  return said;
}

/** A line of so many characters. */
export function oneLine(answer: WizardAnswer, least: number, longest: number): Accepted<string> {
  const text = 'text' in answer ? answer.text.trim().replace(/\s+/g, ' ') : '';
  return text.length < least || text.length > longest
    ? { hint: 'staff.wizard.length', params: { least, most: longest } }
    : { value: text };
}

function fewLines(answer: WizardAnswer): Accepted<string> {
  const given =
    'text' in answer
      ? answer.text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
      : [];
  if (given.length === 0 || given.length > most) return { hint: 'staff.wizard.fiveLines' };
  const long = given.find((line) => line.length > 150);
  return long ? { hint: 'staff.wizard.longLine' } : { value: given.join('\n') };
}
