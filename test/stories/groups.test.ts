import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import type { Books } from '../support/openBooks.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cooks: Cooks;
let books: Books;

aStory(async (started, open) => {
  product = started;
  cooks = await makeCooks(product, 642);
  books = await open();
});

const minute = 60_000;
const day = 86_400_000;
const to = (time: number) => product.sim.to(new Date(time).toISOString());

describe('[A-11] a group interview, from the invitation to the attendance', () => {
  let recruiter: Person;
  let first: Person;
  let second: Person;
  let third: Person;
  let start = 0;
  const stateOf = async (person: Person) =>
    (await books.db.candidates.findOne({ 'channels.address': String(person.id) }))?.applications.at(-1);

  test('a recruiter makes one for two and invites three; the third waits', async () => {
    // Noon in Moscow: nobody sleeps.
    const noon = Math.ceil(((await product.sim.now()) - 9 * 3_600_000) / day) * day + 9 * 3_600_000;
    await to(noon);
    start = noon + 2 * day + 2 * 3_600_000;
    first = await cooks.screened('Первый Иван');
    second = await cooks.screened('Второй Пётр');
    third = await cooks.screened('Третий Олег');
    recruiter = await product.sim.role('recruiter', 0);
    await recruiter.say('/groups');
    await recruiter.tap(label('group.staff.newInterview'));
    await recruiter.tap('Повар');
    const typed = new Date(start + 3 * 3_600_000).toISOString();
    await recruiter.say(`${typed.slice(8, 10)}.${typed.slice(5, 7)} ${typed.slice(11, 16)}\n90, 2`);
    await recruiter.sees(worded('group.staff.made'));
    await recruiter.tap(label('group.staff.button.add'));
    await recruiter.tap(label('group.staff.button.inviteAll'));
    for (const person of [first, second, third]) {
      await person.sees(worded('group.invite'));
      await person.tap(label('group.button.yes'), 2);
    }
    await first.sees(worded('group.booked'));
    await second.sees(worded('group.booked'));
    await third.sees(worded('group.full'));
  });

  test('[X-08] who calls off frees a place, and it is offered on', async () => {
    await second.tap(label('candidate.button.cancel'));
    await second.tap(label('candidate.cancel.reason.ill'));
    await third.sees(worded('group.freed'));
    await third.tap(label('line.button.yes'));
    await third.sees(worded('group.booked'));
    expect((await stateOf(second))?.group).toBeUndefined();
  });

  test('both are reminded a day and three hours before, with the same buttons', async () => {
    await to(start - 23 * 3_600_000);
    await first.sees(worded('group.reminder.days'));
    await to(start - 2 * 3_600_000);
    await first.sees(worded('group.reminder.hours'));
    await first.tap(label('candidate.button.willCome'));
    await first.sees(worded('candidate.reminder.confirmed'));
    await third.sees(worded('group.reminder.hours'));
  });

  test('the host takes the attendance of all on one screen', async () => {
    await to(start + 21 * minute);
    await recruiter.sees(worded('group.notice.attendance'));
    await recruiter.tap(label('group.button.attendance'));
    await recruiter.tap('✅ Первый Иван');
    await recruiter.tap('❌ Третий Олег');
    expect(await stateOf(first)).toMatchObject({ stage: 'decision', interview: { attendance: 'came' } });
    expect(await stateOf(third)).toMatchObject({ stage: 'decision', interview: { attendance: 'notWarned' } });
    await recruiter.say('/calendar');
    await recruiter.sees('мест занято: 2 из 2');
  });

  test('afterwards every message is accounted for', async () => {
    await product.sim.idle();
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect(code, said).toBe(0);
  });
});
