import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import type { Books } from '../support/openBooks.ts';
import type { Person, Seen } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cooks: Cooks;
let books: Books;

aStory(async (started, open) => {
  product = started;
  cooks = await makeCooks(product, 600);
  books = await open();
});

/** The question of attendance, twenty minutes after the start, at whichever recruiter has it. */
async function askedFor(name: string, start: number): Promise<{ recruiter: Person; asked: Seen }> {
  await product.sim.to(new Date(start + 21 * 60_000).toISOString());
  for (const index of [0, 1]) {
    const recruiter = await product.sim.role('recruiter', index);
    const asked = (await recruiter.messages()).findLast(
      ({ text }) => worded('notice.attendance').test(text) && text.includes(name),
    );
    if (asked) return { recruiter, asked };
  }
  throw new Error(`nobody was asked whether ${name} came`);
}

/** Press the button with this label under the very message: it is drawn anew after each press. */
async function press(recruiter: Person, { id }: Seen, text: string): Promise<void> {
  const shown = (await recruiter.messages()).find((message) => message.id === id);
  const data = shown?.buttons.flat().find((button) => button.label.endsWith(text))?.data;
  if (!data) throw new Error(`no button ${text} in ${JSON.stringify(shown?.buttons)}`);
  await recruiter.tapData(id, data);
}
/** Press a button by what it does: the first of them, or a later one. */
const pressVerb = async (recruiter: Person, verb: string, index = 0): Promise<void> => {
  const fits = ({ data }: { data?: string }): boolean => data?.startsWith(verb) === true;
  const shown = (await recruiter.messages()).findLast(({ buttons }) => buttons.flat().some(fits));
  await recruiter.tapData(shown?.id ?? 0, shown?.buttons.flat().filter(fits)[index]?.data ?? '');
};
const applicationOf = async (person: Person) =>
  (await books.db.candidates.findOne({ 'channels.address': String(person.id) }))?.applications.at(-1);

describe('[P-09] who did not come', () => {
  test('and did not warn: the blacklist is offered; the next vacancy is politely refused', async () => {
    const { person, start } = await cooks.booked('Молчун Пропавший');
    const { recruiter, asked } = await askedFor('Молчун Пропавший', start);
    await press(recruiter, asked, label('notice.button.missed'));
    await press(recruiter, asked, label('staff.button.notWarned'));
    expect((await applicationOf(person))?.interview?.attendance).toBe('notWarned');
    await press(recruiter, asked, label('staff.button.blacklist'));
    await press(recruiter, asked, label('staff.blackReason.noShow'));
    expect((await applicationOf(person))?.stage).toBe('blacklist');
    const driver = (await product.sim.demo()).vacancies.find(({ title }) => title.includes('Водитель'));
    await person.say(`/start ${driver?.start}`);
    await person.sees(worded('candidate.notNow'));
  });

  test('[P-06] but warned: a new date is set by the recruiter, and its reminders come', async () => {
    const { person, start } = await cooks.booked('Предупредил Вовремя');
    const { recruiter, asked } = await askedFor('Предупредил Вовремя', start);
    await press(recruiter, asked, label('notice.button.missed'));
    await press(recruiter, asked, label('staff.button.warned'));
    expect((await applicationOf(person))?.interview?.attendance).toBe('warned');
    await press(recruiter, asked, label('staff.button.when'));
    await pressVerb(recruiter, 's:day:', 1);
    await pressVerb(recruiter, 's:slot:');
    const booked = (await person.messages()).findLast(({ text }) =>
      worded('candidate.slot.booked').test(text),
    );
    const next = (await applicationOf(person))?.interview;
    expect(next?.start).toBeGreaterThan(start);
    expect(next?.attendance).toBeUndefined();
    await product.sim.to(new Date((next?.start ?? 0) - 2 * 3_600_000).toISOString());
    const h3 = (await person.messages()).filter(
      ({ id, text }) => id > (booked?.id ?? 0) && worded('candidate.reminder.hours').test(text),
    );
    expect(h3).toHaveLength(1);
  });

  test('but warned: or the reserve, and the candidate is told', async () => {
    const { person, start } = await cooks.booked('Резервный Кандидат');
    const { recruiter, asked } = await askedFor('Резервный Кандидат', start);
    await press(recruiter, asked, label('notice.button.missed'));
    await press(recruiter, asked, label('staff.button.warned'));
    await press(recruiter, asked, label('staff.button.reserve'));
    expect((await applicationOf(person))?.stage).toBe('reserve');
    await product.sim.advance('24h');
    expect((await person.messages()).some(({ text }) => worded('candidate.reserved').test(text))).toBe(true);
  });
});
