import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import type { Books } from '../support/openBooks.ts';
import { auditOf } from '../support/auditOf.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cooks: Cooks;
let books: Books;

aStory(async (started, open) => {
  product = started;
  cooks = await makeCooks(product, 640);
  books = await open();
});

const minute = 60_000;
const day = 86_400_000;
const to = (time: number) => product.sim.to(new Date(time).toISOString());
const typed = (time: number) => {
  const moment = new Date(time + 3 * 3_600_000).toISOString();
  return `${moment.slice(8, 10)}.${moment.slice(5, 7)} ${moment.slice(11, 16)}`;
};
const dayOf = (time: number) => typed(time).slice(0, 5);

describe('[P-11] from the portrait to the end of probation', () => {
  let person: Person;
  let recruiter: Person;
  let client: Person;
  let start = 0;
  let meeting = 0;
  const application = async () =>
    (await books.db.candidates.findOne({ 'channels.address': String(person.id) }))?.applications.at(-1);
  const card = async () => {
    await recruiter.say('/candidates Верный');
    await recruiter.tap('1');
  };

  test('[P-10] came and fits: the client’s interview is to be agreed', async () => {
    ({ person, start } = await cooks.booked('Верный Иван'));
    const one = await application();
    client = await product.sim.role('client');
    const index = one?.recruiter === 'recruiter2' ? 1 : 0;
    recruiter = await product.sim.role('recruiter', index);
    await to(start + 21 * minute);
    await card();
    await recruiter.tap(label('staff.button.came'));
    await recruiter.tap(label('pipeline.outcome.fits'));
    await product.sim.advance('2m');
    await person.sees(worded('candidate.passed'));
    expect((await application())?.stage).toBe('agreeing');
  });

  test('[P-11] the recruiter proposes, the client ticks, the candidate picks', async () => {
    meeting = start + day - (start % 3_600_000);
    await recruiter.tap(label('pipeline.outcome.agree'));
    if ((await application())?.agreement === undefined && (await recruiter.last()).buttons.length > 0)
      await recruiter.tap(label('staff.format.office'));
    await recruiter.sees(worded('late.askWindows'));
    await recruiter.say('завтра или послезавтра');
    await recruiter.sees(worded('late.badWindows'));
    await recruiter.say(`${typed(meeting)}, ${typed(meeting + 3_600_000)}\nСпросить Ольгу`);
    // Until then it can be taken back.
    await product.sim.advance('2m');
    await client.sees(worded('late.askClient'));
    await client.tap(/\d\d:\d\d/);
    await client.tap(label('late.button.send'), 2);
    const asked = await person.sees(worded('late.pick'));
    await person.tapData(asked.id, asked.buttons[0]?.[0]?.data ?? '');
    await person.sees('Спросить Ольгу');
    await client.sees(worded('client.interview.set'));
    const one = await application();
    expect(one).toMatchObject({ stage: 'clientInterview', interview: { kind: 'client' }, past: [{}] });
    meeting = one?.interview?.start ?? 0;
  });

  test('[K-07] [K-09] [P-12] [P-13] all are reminded, and asked how it went; the recruiter hears the client’s words', async () => {
    await to(meeting - 2 * 3_600_000);
    await client.sees(worded('late.meetingSoon'));
    await to(meeting + 21 * minute);
    await client.sees(worded('late.askAttendance'));
    await client.tap(label('notice.button.came'));
    await person.sees(worded('late.feedback'));
    await person.say('Понравился коллектив');
    await person.sees(worded('late.thanks'));
    await client.tap(label('late.button.clientFeedback'));
    await client.say('Толковый повар');
    await client.sees(worded('late.client.kept'));
    const pressed = async () =>
      (await client.messages()).flatMap(({ buttons }) => (buttons ?? []).flat().map((one) => one.label));
    await client.tap(label('late.button.decline'));
    expect(await pressed()).toContain(`✅ ${label('late.button.decline')}`);
    // A slip of the thumb can be put right.
    await client.tap(label('late.button.approve'), 2);
    expect(await pressed()).toContain(`✅ ${label('late.button.approve')}`);
    expect(await pressed()).not.toContain(`✅ ${label('late.button.decline')}`);
    await recruiter.sees('Толковый повар');
    await recruiter.tap(label('pipeline.outcome.approved'));
    expect((await application())?.stage).toBe('offer');
  });

  test('[A-15] [P-14] the client gives both dates, the candidate hears the day', async () => {
    await client.sees(worded('late.askDates'));
    await client.tap(label('late.button.offerDate'));
    await client.say('когда-нибудь');
    await client.sees(worded('late.client.badDate'));
    await client.say('завтра');
    await client.tap(label('late.button.startDate'));
    await client.say(dayOf(meeting + 5 * day));
    await recruiter.tap(label('pipeline.outcome.accepted'));
    await product.sim.advance('2m');
    await person.sees(worded('late.starting'));
  });

  test('[P-15] the first day: both are asked, and the person works', async () => {
    await to(meeting + 6 * day);
    await person.sees(worded('late.firstDay'));
    await person.say('Всё отлично');
    await client.tap(label('late.button.firstDayClient'));
    await client.say('Справился');
    await card();
    await recruiter.tap(label('pipeline.outcome.works'));
    await product.sim.advance('2m');
    await person.sees(worded('late.works'));
  });

  test('[A-17] before the end of probation the client is asked; then the person is hired', async () => {
    await to(meeting + 92 * day);
    await client.sees(worded('late.clientAssessment'));
    await client.tap(label('late.button.assessment'));
    await client.say('Остаётся');
    await card();
    await recruiter.tap(label('pipeline.outcome.probationPassed'));
    await product.sim.advance('2m');
    await person.sees(worded('late.hired'));
    expect(await application()).toMatchObject({ stage: 'hired' });
  });

  test('[P-12] afterwards every message is accounted for', async () => {
    await product.sim.idle();
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect(code, said).toBe(0);
  });
});
