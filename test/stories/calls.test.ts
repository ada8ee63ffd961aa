import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { eventually } from '../support/eventually.ts';
import type { Books } from '../support/openBooks.ts';
import { screenedDriver } from '../support/screenedDriver.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let books: Books;
aStory(async (started, open) => {
  product = started;
  books = await open();
});

describe('[A-10] the call list, from the first ring to the reserve', () => {
  let person: Person;
  let recruiter: Person;
  const application = async () =>
    (await books.db.candidates.findOne({ 'channels.address': String(person.id) }))?.applications.at(-1);
  const noAnswer = async () => {
    await recruiter.say('/calls');
    await recruiter.sees('Звонкий Пётр');
    await recruiter.tap(label('calls.button.missed'));
    await recruiter.tap('Через 2 ч');
    await recruiter.sees(worded('calls.screen.next'));
  };

  test('[P-05] a driver answers, and is to be rung', async () => {
    person = await screenedDriver(product.sim, { name: 'Звонкий Пётр', phone: '+79160007001' });
    const index = (await application())?.recruiter === 'recruiter2' ? 1 : 0;
    recruiter = await product.sim.role('recruiter', index);
    await recruiter.say('/candidates Звонкий');
    await recruiter.tap('1');
    await recruiter.tap(label('pipeline.outcome.call'));
    expect((await application())?.stage).toBe('call');
  });

  test('[A-10] everything on one screen; three times no answer; then the candidate is asked', async () => {
    await noAnswer();
    await product.sim.advance('2h');
    await recruiter.sees(worded('calls.notice.again'));
    await noAnswer();
    await product.sim.advance('2h');
    await noAnswer();
    await person.sees(/Когда вам удобно поговорить/);
    expect((await application())?.calls).toMatchObject({ missed: 3, attempts: [{}, {}, {}] });
  });

  test('[A-10] they write when it suits; the recruiter is reminded at that minute', async () => {
    await person.tap(label('calls.candidate.button.other'));
    await person.say('завтра к 11');
    await person.sees(worded('calls.candidate.willRing'));
    await recruiter.sees(worded('calls.notice.suits'));
    const at = (await application())?.calls?.after ?? 0;
    await product.sim.to(new Date(at + 1_000).toISOString());
    await recruiter.sees(worded('calls.notice.promised'));
    await recruiter.tap(label('calls.button.open'));
    await recruiter.sees('Обещали позвонить');
  });

  test('[P-05] agreed: invited at once, the list goes on', async () => {
    await recruiter.tap(label('pipeline.outcome.agreed'));
    await recruiter.sees(worded('calls.screen.empty'));
    await person.sees(/собеседовани/);
    expect((await application())?.stage).toBe('invited');
  });

  test('[P-12] afterwards every message is accounted for', async () => {
    await product.sim.idle();
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect(code, said).toBe(0);
  });
});

describe('[P-01] a call to the agency’s number', () => {
  const ours = '74950001122';
  const rings = (call: object) => product.sim.call('POST', '/sim/novofon/calls', { to: ours, ...call });
  let recruiter: Person;

  test('[P-01] [A-10] of somebody new, missed: a lead with the number, to be rung back', async () => {
    const head = await product.sim.role('head');
    await rings({ from: '79160007011' });
    await head.sees(/Звонок на номер .*74950001122/);
    await head.tap(label('sites.button.pick'));
    await head.tap('Повар');
    const found = await eventually(
      () => books.db.candidates.findOne({ phone: '+79160007011' }),
      (person) => (person?.applications.length ?? 0) > 0,
    );
    const [application] = found?.applications ?? [];
    expect(application).toMatchObject({ source: 'novofon', vacancy: 'cook' });
    recruiter = await product.sim.role('recruiter', application?.recruiter === 'recruiter2' ? 1 : 0);
    await recruiter.sees(/Новый отклик, пропущенный звонок: \+79160007011/);
    await recruiter.tap(label('calls.button.open'));
    await recruiter.sees(/Ждёт, что перезвонят/);
    await recruiter.tap(label('calls.button.talked'));
    await recruiter.sees(/: поговорили/);
  });

  test('[P-01] [P-04] of somebody known, answered: a fact on the card, and nobody twice; a lost notification loses nothing', async () => {
    await product.sim.advance('5m');
    await rings({ from: '79160007011', talk: 75, record: true, hook: 'lost' });
    const head = await product.sim.role('head');
    await head.say('/sites');
    await head.tap(label('sites.button.read'));
    await eventually(
      () => books.db.candidates.findOne({ phone: '+79160007011' }),
      (person) => person?.applications[0]?.calls?.rang?.talk === 75,
    );
    expect(await books.db.candidates.countDocuments({ phone: '+79160007011' })).toBe(1);
    await recruiter.say('/candidates 79160007011');
    await recruiter.tap('1');
    await recruiter.sees(/разговор 1:15/);
    await recruiter.tap(label('staff.button.history'));
    await recruiter.sees(/Входящий звонок: .*разговор 1:15/s);
  });
});
