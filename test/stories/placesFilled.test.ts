import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { eventually } from '../support/eventually.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import type { Books } from '../support/openBooks.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cooks: Cooks;
let books: Books;
let head: Person;

aStory(async (started, open) => {
  product = started;
  cooks = await makeCooks(product, 650);
  books = await open();
  head = await product.sim.role('head');
});

const hour = 3_600_000;
const to = (time: number) => product.sim.to(new Date(time).toISOString());
const application = async (person: Person) =>
  (await books.db.candidates.findOne({ 'channels.address': String(person.id) }))?.applications.at(-1);
const stands = (person: Person, stage: string) =>
  eventually(
    () => application(person),
    (one) => one?.stage === stage,
  );
const fill = async (field: string, value: string) => {
  await head.tap(label(`pipeline.field.${field}`));
  await head.say(value);
};

describe('[A-15] one cook is wanted, and three have applied', () => {
  let winner: Person;
  let booked: Person;
  let answering: Person;

  test('the head says how many are wanted', async () => {
    const { person, start } = await cooks.booked('Первый Пётр');
    winner = person;
    await to(start + hour / 2);
    ({ person: booked } = await cooks.booked('Второй Виктор'));
    answering = await cooks.begun('Третья Тамара');
    await head.say('/vacancies');
    await head.tap('Повар');
    await head.tap(label('staff.vacancy.button.edit'));
    await head.tap(label('staff.vacancy.edit.places'));
    await head.sees(worded('places.ask'));
    await head.tap(/^1$/);
  });

  test('the first begins to work: the vacancy closes, and the head hears how', async () => {
    await head.say('/candidates Первый');
    await head.tap(/^1$/);
    await head.tap(label('staff.button.came'));
    await head.tap(label('pipeline.outcome.fits'));
    await head.tap(label('pipeline.outcome.approvedUnseen'));
    await head.tap(label('pipeline.outcome.accepted'));
    await fill('offerDate', 'завтра');
    await head.tap(label('pipeline.outcome.accepted'));
    await fill('startDate', 'завтра');
    await head.tap(label('pipeline.outcome.accepted'));
    await product.sim.advance('2m');
    await winner.sees(worded('late.starting'));
    await head.tap(label('pipeline.outcome.works'));
    await fill('firstDayClient', 'Справляется');
    await head.tap(label('pipeline.outcome.works'));
    await fill('firstDayCandidate', 'Нравится');
    await head.tap(label('pipeline.outcome.works'));
    await head.sees(worded('places.told.filled'));
    await stands(booked, 'reserve');
    await stands(answering, 'reserve');
  });

  test('an interview that was to come is called off at once; the rest is not said yet', async () => {
    await booked.sees(worded('candidate.interviewCancelled'));
    expect(await books.rows(answering.id, 'places.reserve')).toHaveLength(0);
  });

  test('opened again in time, everybody is back; closed again, they are told in the morning', async () => {
    await head.tap(label('places.button.reopen'));
    await stands(booked, 'invited');
    await stands(answering, 'screening');
    await head.tap(label('staff.vacancy.button.edit'));
    await head.tap(label('staff.vacancy.edit.places'));
    await head.tap(/^1$/);
    await stands(booked, 'reserve');
    await to((await product.sim.now()) + 24 * hour);
    await booked.sees(worded('places.reserve'));
    await answering.sees(worded('places.reserve'));
    expect(await books.rows(answering.id, 'places.reserve')).toHaveLength(1);
    expect(await books.rows(winner.id, 'places.reserve')).toHaveLength(0);
  });

  test('afterwards every message is accounted for', async () => {
    await product.sim.idle();
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect(code, said).toBe(0);
  });
});
