import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fillTemplate, nameCases } from '../../flows/templates/fillTemplate.ts';
import { givenName, nameInCase } from '../../runtime/nameInCase.ts';
import { loadWords } from '../../runtime/words.ts';

const { lexicon } = loadWords(join(import.meta.dirname, '../../locales'));
const words = Object.values(lexicon).map(({ templates }) => templates);

describe('a quick answer', () => {
  test.each([
    ['[имя], ждём вас', 'Анна, ждём вас'],
    ['Передать [имя кому]', 'Передать dative(Анна)'],
    ['Без [ИМЯ  КОГО] никак', 'Без genitive(Анна) никак'],
    ['[name], see [link]', 'Анна, see https://x'],
    ['скобки без закрытия [имя', 'скобки без закрытия [имя'],
  ])('[A-19] %s', (text, filled) => {
    const result = fillTemplate(text, words, (field, nameCase) =>
      field === 'link' ? 'https://x' : nameCase ? `${nameCase}(Анна)` : 'Анна',
    );
    expect(result).toEqual({ text: filled, missing: [], unknown: [] });
  });

  test('[A-19] what is not known and what is no field is named, and stays as it was written', () => {
    const text = '[имя], приходите [время] по адресу [адрес]. [Важно] [вакансия кому]';
    const { missing, unknown } = fillTemplate(text, words, (field) =>
      field === 'name' ? 'Анна' : undefined,
    );
    expect(missing).toEqual(['when', 'address']);
    expect(unknown).toEqual(['[Важно]', '[вакансия кому]']);
  });

  test('[A-19] a value that looks like a field is put in as it is', () => {
    expect(fillTemplate('[имя]', words, () => '[время]').text).toBe('[время]');
  });
});

describe('Russian names', () => {
  test.each([
    ['Анна Смирнова', 'dative', 'Анне Смирновой'],
    ['Смирнова Анна', 'dative', 'Смирновой Анне'],
    ['Белый Илья Петрович', 'genitive', 'Белого Ильи Петровича'],
    ['Козлов Пётр', 'instrumental', 'Козловым Петром'],
    ['John Smith', 'dative', 'John Smith'],
    ['Анна', 'prepositional', 'Анне'],
  ] as const)('[A-19] %s, %s', (name, nameCase, inclined) => {
    expect(nameInCase(name, nameCase)).toBe(inclined);
  });

  test('[A-19] a name in any case keeps its words', () => {
    for (const name of ['Анна-Мария Ким', 'Ли', '', 'Оглы Мамед Али'])
      for (const nameCase of nameCases)
        expect(nameInCase(name, nameCase).split(' ')).toHaveLength(name.split(' ').length);
  });

  test.each([
    ['Смирнова Анна Петровна', 'Анна'],
    ['Анна Смирнова', 'Анна'],
    ['Jean-Luc Picard', 'Jean-Luc'],
  ])('[A-19] %s is spoken to as %s', (name, given) => {
    expect(givenName(name)).toBe(given);
  });
});
