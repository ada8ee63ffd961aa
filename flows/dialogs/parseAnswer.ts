import { lexiconsFor } from '../lexiconsFor.ts';
import type { Facts, Lexicon } from '../facts.ts';
import type { AnswerValue, Question, Words } from '../question.ts';
import { parseEmail } from '../parseEmail.ts';
import { parseDate } from './parseDate.ts';
import { parseNumber } from './parseNumber.ts';

/** What a typed answer was understood as; `hint` is a key under `candidate.hint` when it was not. */
export type Parsed =
  { ok: true; value: AnswerValue; text: string; zone?: string } | { ok: false; hint: string };

interface Context {
  facts: Facts;
  lang: string;
  zone: string;
  now: number;
}

/** Understand what was typed (or a button's choice, which comes as its number) as an answer to a question. */
export function parseAnswer(question: Question, typed: string, context: Context): Parsed {
  const text = typed.trim().slice(0, 1000);
  if (text === '') return { ok: false, hint: question.kind };
  return parsers[question.kind](question, text, context);
}

/** With its scheme or without, among other words. */
const holdsLink = /(?:^|\s)(?:https?:\/\/|(?:[\w-]+\.)+[a-z]{2,}\/)\S/i;

const parsers: Record<Question['kind'], (question: Question, text: string, context: Context) => Parsed> = {
  yesno: (_question, text, context) => {
    const said = lower(text).replace(/[!.,]+$/, '');
    for (const choice of ['yes', 'no'] as const) {
      if (lexicons(context).some((words) => words[choice].includes(said)))
        return { ok: true, value: choice, text };
    }
    return { ok: false, hint: 'yesno' };
  },
  choice: (question, text, context) => {
    const found = findOption(question, text, context.lang);
    return found
      ? { ok: true, value: [found.id], text: inLang(found.text, context.lang) }
      : { ok: false, hint: 'choice' };
  },
  several: (question, text, context) => {
    const found = text.split(/[,;\n]+/).flatMap((part) => findOptions(question, part, context));
    const options = found.filter((option) => option !== undefined);
    if (options.length === 0 || options.length < found.length) return { ok: false, hint: 'several' };
    return {
      ok: true,
      value: options.map(({ id }) => id),
      text: options.map((option) => inLang(option.text, context.lang)).join(', '),
    };
  },
  number: (question, text, context) => {
    const units = Object.values(question.unit ?? {});
    const value = parseNumber(text, units, lexicons(context));
    if (value === undefined) return { ok: false, hint: 'number' };
    if (value < (question.min ?? -Infinity) || value > (question.max ?? Infinity))
      return { ok: false, hint: 'range' };
    return { ok: true, value, text: String(value) };
  },
  text: (_question, text) => ({ ok: true, value: text, text }),
  date: (_question, text, context) => {
    for (const words of lexicons(context)) {
      const date = parseDate(text, context.now, context.zone, words);
      if (date) return { ok: true, value: date.toISODate() ?? '', text: date.toFormat('dd.MM.yyyy') };
    }
    return { ok: false, hint: 'date' };
  },
  city: (_question, text, context) => {
    const said = lower(text)
      .replace(/^\p{L}\.\s*/u, '')
      .replace(/[.!,]+$/, '');
    for (const words of lexicons(context)) {
      const city = words.cities.find(({ names }) => names.includes(said));
      const name = city?.names[0];
      if (city && name) {
        return { ok: true, value: oneName(name, context), text: capital(name), zone: city.zone };
      }
    }
    return { ok: false, hint: 'city' };
  },
  phone: (_question, text, { facts }) => {
    const phone = facts.phone(text);
    return phone ? { ok: true, value: phone, text: phone } : { ok: false, hint: 'phone' };
  },
  email: (_question, text) => {
    const email = parseEmail(text);
    return email ? { ok: true, value: email, text: email } : { ok: false, hint: 'email' };
  },
  // A résumé that stands on a site.
  file: (_question, text) =>
    holdsLink.test(text) ? { ok: true, value: text, text } : { ok: false, hint: 'file' },
};

function lexicons({ facts, lang }: Context): Lexicon[] {
  return lexiconsFor(facts.lexicon, lang);
}

function findOption(question: Question, text: string, lang: string) {
  const options = question.options ?? [];
  const said = lower(text);
  if (/^\d+$/.test(said)) return options[Number(said) - 1];
  const exact = options.find((option) => Object.values(option.text).some((words) => lower(words) === said));
  if (exact) return exact;
  const close = options.filter((option) => lower(inLang(option.text, lang)).startsWith(said));
  return said.length >= 3 && close.length === 1 ? close[0] : undefined;
}

/** One, or some with an "and" between them; each may be named by a word within it, when no other holds that word. */
function findOptions(question: Question, text: string, context: Context) {
  const { options = [] } = question;
  const find = (part: string) => {
    const said = ` ${lower(part)}`;
    const holding = options.filter((option) => ` ${lower(inLang(option.text, context.lang))}`.includes(said));
    const named = said.length > 3 && holding.length === 1 ? holding[0] : undefined;
    return findOption(question, part, context.lang) ?? named;
  };
  const whole = find(text);
  if (whole) return [whole];
  const ands = lexicons(context).flatMap(({ and }) => and);
  const parts: string[][] = [[]];
  for (const word of text.trim().split(/\s+/))
    if (ands.includes(lower(word))) parts.push([]);
    else parts.at(-1)?.push(word);
  return parts.map((part) => find(part.join(' ')));
}

function inLang(words: Words, lang: string): string {
  return words[lang] ?? words.ru;
}

/** Rules look at one name of a city whatever language it was typed in: the first lexicon's. */
function oneName(name: string, { facts }: Context): string {
  const cities = Object.values(facts.lexicon).flatMap((words) => words.cities);
  return cities.find(({ names }) => names.includes(name))?.names[0] ?? name;
}

function lower(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/\u0451/g, '\u0435');
}

/** Every word begins with a capital letter, but not the one between two hyphens ("on" of a town on a river). */
function capital(text: string): string {
  return text.replace(/(^|[\s-])(\p{L})(?!(?<=-\p{L})\p{L}*-)/gu, (_all, before: string, letter: string) => {
    return before + letter.toUpperCase();
  });
}
