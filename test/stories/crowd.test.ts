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

test('[B-12] a questionnaire changed in the middle of it does no harm to whoever is in it', async () => {
  const before = await cooks.begun('Между Вопросами');
  await before.tap('2/2');
  const cook = await books.db.vacancies.findOne({ _id: 'cook' });
  if (!cook) throw new Error('the demo has no cook');
  // What is asked now goes, another comes before it, the order turns round; the phone stays.
  const [schedule, experience, ...rest] = cook.questions;
  const nights = { id: 'nights', kind: 'yesno' as const, text: { ru: 'Готовы к ночным сменам?' } };
  const questions = [nights, ...rest, schedule].filter((one) => one !== undefined);
  await books.db.vacancies.updateOne({ _id: 'cook' }, { $set: { questions } });
  await new Promise((resolve) => setTimeout(resolve, 250));
  await before.say('3 года');
  const candidate = () => books.db.candidates.findOne({ 'channels.address': String(before.id) });
  // The answer stands under the question it was given to, though that is asked no more.
  expect((await candidate())?.applications[0]?.answers).toMatchObject({
    schedule: { text: '2/2' },
    experience: { value: 3 },
  });
  await before.sees('ночным сменам');
  await before.tap(label('candidate.button.yes'));
  await before.sees('книжка');
  await before.tap(label('candidate.button.yes'));
  await before.say('завтра');
  await before.send({ contact: true });
  await before.sees(worded('candidate.slot.day'));
  expect(Object.keys((await candidate())?.applications[0]?.answers ?? {}).sort()).toEqual(
    ['schedule', 'experience', 'nights', 'medical', 'start', 'phone'].sort(),
  );
  await books.db.vacancies.updateOne(
    { _id: 'cook' },
    { $set: { questions: [schedule, experience, ...rest] as never } },
  );
  await new Promise((resolve) => setTimeout(resolve, 250));
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
