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
  cooks = await makeCooks(product, 641);
  books = await open();
});

const minute = 60_000;
const day = 86_400_000;
const to = (time: number) => product.sim.to(new Date(time).toISOString());

describe('[C-01] a repeat call with the client, from the plan to what follows', () => {
  let person: Person;
  let recruiter: Person;
  let client: Person;
  let start = 0;
  const call = async () => (await books.db.clientCalls.find().toArray())[0];
  const application = async () =>
    (await books.db.candidates.findOne({ 'channels.address': String(person.id) }))?.applications.at(-1);

  test('[C-01] planned in a minute: the client and the candidate hear the time', async () => {
    const booked = await cooks.booked('Звонарёв Олег');
    ({ person } = booked);
    client = await product.sim.role('client');
    recruiter = await product.sim.role(
      'recruiter',
      (await application())?.recruiter === 'recruiter2' ? 1 : 0,
    );
    await to(booked.start + 21 * minute);
    await recruiter.say('/candidates Звонарёв');
    await recruiter.tap('1');
    await recruiter.tap(label('staff.button.came'));
    await recruiter.tap(label('pipeline.outcome.fits'));
    await product.sim.advance('2m');
    await person.sees(worded('candidate.passed'));
    await recruiter.say('/call');
    await recruiter.tap(label('clientCall.button.new'));
    await recruiter.tap(label('clientCall.kind.repeat'));
    const asked = await recruiter.sees(worded('clientCall.wizard.client'));
    await recruiter.tapData(asked.id, asked.buttons[0]?.[0]?.data ?? '');
    await recruiter.say('через 3 дня в 15:00');
    await recruiter.sees(worded('clientCall.wizard.people'));
    await recruiter.tap('Звонарёв Олег');
    await recruiter.tap(label('clientCall.wizard.done'));
    await recruiter.sees(worded('clientCall.wizard.planned'));
    await person.sees('Назначена встреча с заказчиком');
    expect((await client.sees('Назначена встреча')).text).toContain('Повторный звонок');
    start = (await call())?.start ?? 0;
  });

  test('[C-04] the day before and twenty minutes before, to all', async () => {
    await to(start - day + minute);
    await person.sees('Напоминаем о встрече с заказчиком');
    await client.sees('Напоминаем о встрече');
    await to(start - 20 * minute + 1_000);
    await person.sees('Совсем скоро встреча с заказчиком');
    await client.sees('Скоро встреча');
    await recruiter.sees('Скоро звонок');
  });

  test('[C-02] [C-03] when it is over the results are asked for, and posted to the head with the calendar’s entry', async () => {
    await to(start + 31 * minute);
    await recruiter.sees(/чем закончился звонок/);
    await recruiter.tap(label('clientCall.button.report'));
    await recruiter.say('Показал себя уверенно');
    await recruiter.say('Готовы взять');
    await recruiter.tap(label('clientCall.verdict.chosen'));
    await recruiter.say('Уточнили график и оплату');
    await recruiter.say('пример договора');
    await recruiter.sees(worded('clientCall.wizard.reported'));
    const head = await product.sim.role('head');
    const report = await head.sees('Уточнили график и оплату');
    expect(report.text).toContain('Results');
    expect(report.document?.name).toMatch(/\.ics$/);
    expect(await application()).toMatchObject({
      notes: [{ text: 'Показал себя уверенно – Готовы взять', mark: 'results' }],
      fields: { clientDecision: { value: 'approved' } },
    });
  });

  test('[C-06] what is to be sent is a check-list; left undone, the head hears of it', async () => {
    expect((await call())?.todo).toMatchObject([{ id: 'agreed', text: 'пример договора' }]);
    await to(((await call())?.due ?? 0) + 1_000);
    await recruiter.sees(/После звонка не всё отправлено/);
    await recruiter.tap(label('clientCall.button.open'));
    await recruiter.tap(/▫️/);
    expect((await call())?.todo[0]?.done).toBeDefined();
  });

  test('[P-12] afterwards every message is accounted for', async () => {
    await product.sim.idle();
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect(code, said).toBe(0);
  });
});
