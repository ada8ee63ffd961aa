import type { Question, Words } from '../flows/question.ts';
import type { Words as Locale } from '../runtime/words.ts';

/** A question an agency asks often. Its words are `staff.library.<id>` in the locales. */
interface LibraryQuestion extends Pick<Question, 'kind' | 'min' | 'max' | 'optional' | 'rule'> {
  id: string;
  options?: string[];
  unit?: 'years' | 'roubles';
}

/** What a new vacancy may ask, in the order it is asked. Those with a rule count, and can be made a must. */
export const questionLibrary: LibraryQuestion[] = [
  { id: 'permit', kind: 'yesno', rule: { expect: ['yes'] } },
  { id: 'experience', kind: 'number', min: 0, max: 60, unit: 'years', rule: { min: 1 } },
  { id: 'licence', kind: 'yesno', rule: { expect: ['yes'] } },
  { id: 'medical', kind: 'yesno', rule: { expect: ['yes'] } },
  { id: 'nights', kind: 'yesno', rule: { expect: ['yes'] } },
  { id: 'schedule', kind: 'choice', options: ['fiveTwo', 'shifts', 'rotation', 'any'] },
  { id: 'salary', kind: 'number', min: 1_000, max: 1_000_000, unit: 'roubles' },
  { id: 'start', kind: 'date' },
  { id: 'about', kind: 'text' },
  { id: 'resume', kind: 'file', optional: true },
  { id: 'city', kind: 'city' },
  { id: 'phone', kind: 'phone' },
  { id: 'email', kind: 'email', optional: true },
  { id: 'birthday', kind: 'date', optional: true },
];

/** What is picked before the recruiter changes it. */
export const picked: Record<string, 'asked' | 'must'> = {
  experience: 'asked',
  city: 'asked',
  phone: 'asked',
};

/** A library question as a vacancy keeps it: its words in every language there is. */
export function fromLibrary(words: Locale, id: string, must: boolean): Question | undefined {
  const found = questionLibrary.find((question) => question.id === id);
  if (!found) return undefined;
  const { options, unit, rule, ...rest } = found;
  return {
    ...rest,
    text: inAll(words, `staff.library.${id}.text`),
    ...(options && {
      options: options.map((option) => ({ id: option, text: inAll(words, `staff.library.${id}.${option}`) })),
    }),
    ...(unit && { unit: inAll(words, `unit.name.${unit}`) }),
    ...(rule && { rule: must ? { ...rule, knockOut: true } : { ...rule, points: 1 } }),
  };
}

/** A text in every language there is. */
export function inAll(words: Locale, key: string): Words {
  const say = (lang: string) => words.label({ lang, zone: 'utc' }, { key });
  return { ...Object.fromEntries(words.langs.map((lang) => [lang, say(lang)])), ru: say('ru') };
}
