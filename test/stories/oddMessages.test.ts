import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import type { Person, Seen } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cooks: Cooks;
let cook = '';

aStory(async (started) => {
  product = started;
  cooks = await makeCooks(product, 500);
  cook = await product.sim.startOf('Повар');
});

const png = Buffer.from('picture').toString('base64');
const odd: [string, (mine: number) => object][] = [
  ['edited', (edit) => ({ edit, text: 'исправлено' })],
  ['forwarded', () => ({ text: 'переслано кем-то', forward: true })],
  ['voice', () => ({ voice: true })],
  ['sticker', () => ({ sticker: true })],
  ['photo', () => ({ file: { name: 'cat.png', base64: png }, photo: true })],
];

/** Ways to each moment of a candidate's talk, and a word by which its question is known. */
const moments: [string, () => Promise<Person>, RegExp | undefined][] = [
  ['before anything', async () => product.sim.newPerson('Никто'), undefined],
  [
    'vacancies',
    async () => {
      const person = await product.sim.newPerson('Выбирающий');
      await person.say('/start');
      return person;
    },
    worded('candidate.chooseVacancy'),
  ],
  [
    'consent',
    async () => {
      const person = await product.sim.newPerson('Несогласный');
      await person.say(`/start ${cook}`);
      return person;
    },
    worded('candidate.consent.ask'),
  ],
  ['a question', () => cooks.begun('Отвечающий'), /график/],
  ['the day', () => cooks.screened('Дневной'), worded('candidate.slot.day')],
  [
    'the time',
    async () => {
      const person = await cooks.screened('Часовой');
      const days = await person.last();
      await person.tapData(days.id, days.buttons[0]?.[0]?.data ?? '');
      return person;
    },
    worded('candidate.slot.time'),
  ],
  ['an interview', async () => (await cooks.booked('Записанный')).person, undefined],
  [
    'the reason of a cancellation',
    async () => {
      const { person } = await cooks.booked('Отменяющий');
      await person.tap(label('candidate.button.cancel'));
      return person;
    },
    worded('candidate.cancel.ask'),
  ],
];

const said = async (person: Person) => (await person.messages()).filter(({ from }) => from === 'bot');
/** What the person sees as asked: the newest message with something to press. */
const open = async (person: Person): Promise<Seen | undefined> =>
  (await said(person)).findLast(({ buttons, keyboard }) => buttons.length > 0 || keyboard !== undefined);

describe.each(moments)('[X-06] at %s', (_moment, reach, question) => {
  test('an edit, a forward, a voice, a sticker and a photo are each answered kindly, and nothing is lost', async () => {
    const person = await reach();
    for (const [kind, body] of odd) {
      const mine = (await person.messages()).findLast(({ from, text }) => from === 'user' && text !== '');
      if (kind === 'edited' && !mine) continue;
      const before = (await said(person)).length;
      await person.send(body(mine?.id ?? 0));
      expect([kind, (await said(person)).length > before]).toEqual([kind, true]);
    }
    // What was asked can still be answered: it stands as it stood.
    if (question) {
      await person.say('/status');
      expect((await said(person)).some(({ text }) => question.test(text))).toBe(true);
    }
  });

  test('/status, /help, /language, /human and /stop are answered, and the question stands', async () => {
    const person = await reach();
    for (const [command, answer] of [
      ['/status', worded('candidate.status.title')],
      ['/help', worded('candidate.help')],
      ['/language', worded('candidate.language.ask')],
      ['/human', worded('candidate.human.coming')],
      ['/stop', worded('candidate.stopped')],
    ] as const) {
      const before = (await said(person)).length;
      await person.say(command);
      const answers = (await said(person)).slice(before);
      const fits =
        answers.some(({ text }) => answer.test(text)) ||
        answers.some(({ text }) => worded('candidate.status.none').test(text)) ||
        answers.some(({ text }) => worded('candidate.human.noOne').test(text));
      expect([command, fits]).toEqual([command, true]);
    }
    await person.say('/language');
    await person.tap(label('candidate.language.en'));
    expect((await said(person)).some(({ text }) => worded('candidate.language.set', 'en').test(text))).toBe(
      true,
    );
    if (question) expect((await open(person))?.text).not.toMatch(/[а-яё]{4}/i);
  });
});

test('[X-06] nothing of it was an error', async () => {
  const health = await fetch(`${product.url}/health`);
  expect(await health.json()).toMatchObject({ ok: true, failedEvents: 0 });
});
