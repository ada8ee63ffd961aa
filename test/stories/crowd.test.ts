import { expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import type { Books } from '../support/openBooks.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

/** How many press at once. A thousand takes minutes on two cores: `PEOPLE=1000`; the engine's own test has a thousand. */
const people = Number(process.env.PEOPLE ?? 20);

let product: RunningProduct;
let cooks: Cooks;
let books: Books;

aStory(async (started, open) => {
  product = started;
  cooks = await makeCooks(product, 800);
  books = await open();
});

test('[P-07] many people press the same time at once: as many bookings as interviewers, the rest are offered others', async () => {
  const crowd: Person[] = [];
  const batch = 10;
  for (let from = 0; from < people; from += batch)
    crowd.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(batch, people - from) }, (_, index) =>
          cooks.screened(`Толпа ${from + index}`),
        ),
      )),
    );
  const taps = await Promise.all(
    crowd.map(async (person) => {
      const days = await person.last();
      await person.tapData(days.id, days.buttons[0]?.[1]?.data ?? '');
      const times = (await person.messages()).findLast(({ text }) =>
        worded('candidate.slot.time').test(text),
      );
      return { person, id: times?.id ?? 0, data: times?.buttons[0]?.[0]?.data ?? '' };
    }),
  );
  const start = taps[0]?.data.split(':').at(-1);
  expect(new Set(taps.map(({ data }) => data.split(':').at(-1)))).toEqual(new Set([start]));
  await Promise.all(taps.map(({ person, id, data }) => person.tapData(id, data)));
  await product.sim.idle();
  const said = await Promise.all(
    crowd.map(async (person) => {
      const texts = (await person.messages()).map(({ text }) => text);
      return {
        booked: texts.filter((text) => worded('candidate.slot.booked').test(text)).length,
        taken: texts.filter((text) => worded('candidate.slot.taken').test(text)).length,
      };
    }),
  );
  expect(await books.db.slots.countDocuments({ start: Number(start) })).toBe(2);
  expect(said.filter(({ booked }) => booked === 1)).toHaveLength(2);
  expect(said.filter(({ booked, taken }) => booked === 0 && taken === 1)).toHaveLength(people - 2);
  const { code, said: counted } = await auditOf({ DATA_DIR: product.dataDir });
  expect(code, counted).toBe(0);
}, 600_000);

test('[B-12] a questionnaire changed in the middle of it does no harm to whoever is in it', async () => {
  const before = await cooks.begun('Между Вопросами');
  await before.tap('2/2');
  // What is being asked goes, the order turns round, another comes last.
  const head = await product.sim.role('head');
  const press = async (data: string) => head.tapData((await head.last()).id, data);
  await head.say('/vacancies');
  await head.tap('Повар');
  await head.tap(label('staff.vacancy.button.questions'));
  await press('v:qUp:cook:start');
  await press('v:qDrop:cook:experience');
  await head.tap(label('staff.wizard.own.add'));
  await head.tap('да или нет');
  await head.say('Готовы к ночным сменам?');
  await head.tap('Пропустить');
  await head.tap('Просто узнать');
  const answers = async (): Promise<object> => {
    const candidate = await books.db.candidates.findOne({ 'channels.address': String(before.id) });
    return candidate?.applications[0]?.answers ?? {};
  };
  await before.say('3 года');
  // The answer stands under the question it was given to, though that is asked no more.
  expect(await answers()).toMatchObject({ schedule: { text: '2/2' }, experience: { value: 3 } });
  await before.sees('выйти на работу');
  await before.say('завтра');
  await before.sees('книжка');
  await before.tap(label('candidate.button.yes'));
  await before.send({ contact: true });
  await before.sees('ночным сменам');
  await before.tap(label('candidate.button.yes'));
  await before.sees(worded('candidate.slot.day'));
  expect(Object.keys(await answers()).sort()).toEqual([
    'experience',
    'medical',
    expect.stringMatching(/^own_/),
    'phone',
    'schedule',
    'start',
  ]);
});
