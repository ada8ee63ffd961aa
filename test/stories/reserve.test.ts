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
let head: Person;

aStory(async (started, open) => {
  product = started;
  cooks = await makeCooks(product, 660);
  books = await open();
  head = await product.sim.role('head');
});

const day = 86_400_000;
const toReserve = async (name: string) => {
  await head.say(`/candidates ${name}`);
  await head.tap(/^1$/);
  await head.tap(label('pipeline.outcome.reserve'));
};

describe('[P-20] the reserve is offered again when a matching vacancy opens', () => {
  let cook: Person;
  let busy: Person;
  let gone: Person;

  test('three cooks end in the reserve; one of them looks for nothing any more', async () => {
    cook = await cooks.screened('Запасной Захар');
    busy = await cooks.screened('Занятой Зиновий');
    gone = await cooks.screened('Ушедший Устин');
    for (const name of ['Запасной', 'Занятой', 'Ушедший']) await toReserve(name);
    // Until then it could be taken back.
    await product.sim.advance('61s');
    await cook.sees(worded('candidate.reserved'));
    await gone.say('/stop');
  });

  test('[A-24] the head makes a vacancy for a cook: those who fit are proposed with reasons', async () => {
    await head.say('/vacancies');
    await head.tap(label('staff.button.newVacancy'));
    await head.say('Повар на завтраки');
    await head.tap(label('staff.wizard.skip'));
    await head.say('Кухня отеля\n80 000 ₽\nГрафик 2/2');
    await head.tap(label('staff.wizard.skip'));
    await head.tap(/^2$/);
    await head.tap(label('staff.library.medical.short'));
    await head.tap(label('staff.wizard.next'));
    await head.tap(label('staff.wizard.next'));
    await head.tap(label('staff.wizard.next'));
    await head.tap(label('staff.wizard.next'));
    await head.tap(label('staff.wizard.next'));
    await head.tap(label('staff.wizard.autoNo'));
    await head.tap(label('staff.wizard.confirmYes'));
    const list = await head.sees('Кому предложить');
    expect(list.text).toContain('Подходят 2 человека');
    expect(list.text).toMatch(/✓ раньше: «Повар в кафе»/);
    expect(list.text).toMatch(/медицинская книжка\? — Да/i);
    expect(list.text).not.toContain('Ушедший');
  });

  test('one tap invites all; “interested” starts with the answers at hand', async () => {
    await head.tap(/Пригласить всех/);
    await cook.sees('похожая вакансия');
    await busy.sees('похожая вакансия');
    await cook.tap(label('match.button.yes'));
    await cook.sees(worded('match.recalled'));
    await cook.say('Москва');
    await cook.sees(worded('candidate.again.check'));
    await cook.tap(label('candidate.again.right'));
    const person = await books.db.candidates.findOne({ 'channels.address': String(cook.id) });
    expect(person?.applications.at(-1)).toMatchObject({ source: 'offer', stage: 'review' });
  });

  test('“not looking” is taken at its word; nobody hears of the same vacancy twice', async () => {
    await busy.tap(label('match.button.no'));
    await busy.sees(worded('match.left'));
    await head.say('/match');
    await head.tap('Повар на завтраки');
    await head.sees(worded('match.none'));
    await product.sim.to(new Date((await product.sim.now()) + 10 * day).toISOString());
    expect(await books.rows(cook.id, 'match.offerAgain')).toHaveLength(1);
    expect(await books.rows(gone.id, 'match.offerAgain')).toHaveLength(0);
  });

  test('afterwards every message is accounted for', async () => {
    await product.sim.idle();
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect(code, said).toBe(0);
  });
});
