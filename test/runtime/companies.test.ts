import { DateTime } from 'luxon';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../flows/companies/company.ts';
import type { CompanyDecision } from '../../flows/companies/decideCompany.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
let world: EngineUnderTest;
beforeAll(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri);
});
afterAll(async () => {
  await world.close();
});
beforeEach(async () => {
  await world.db.companies.deleteMany({});
  await world.db.ledger.deleteMany({});
});
const add = (id: string, set: { name: string; inn?: string }) =>
  world.engine.companies.add({ id, by: 'recruiter1', type: 'addCompany', set, anyway: true });
const companyOf = (decision: CompanyDecision): Company => {
  if (!decision.ok) throw new Error(decision.code);
  return decision.company;
};

describe('the door to companies', () => {
  it('[A-23] the same command again, or twice at once, makes one company and one line of its history', async () => {
    const [a, b] = await Promise.all([add('e1', { name: 'Ромашка' }), add('e1', { name: 'Ромашка' })]);
    expect(companyOf(a)._id).toBe(companyOf(b)._id);
    await add('e1', { name: 'Ромашка' });
    expect(await world.db.companies.countDocuments({})).toBe(1);
    expect(await world.db.ledger.countDocuments({ company: companyOf(a)._id })).toBe(1);
  });

  it('[B-14] of two who add one INN at once, one is told whose it is; likewise who changes theirs to it', async () => {
    const inn = '7707083893';
    const both = await Promise.all([add('e2', { name: 'Первая', inn }), add('e3', { name: 'Вторая', inn })]);
    const [winner] = both.filter(({ ok }) => ok);
    const [loser] = both.filter(({ ok }) => !ok);
    const { _id, fields } = companyOf(winner ?? { ok: false, code: 'noSuchCompany' });
    expect(loser).toMatchObject({ code: 'innTaken', params: { name: fields.name }, similar: [_id] });
    const third = companyOf(await add('e4', { name: 'Третья' }));
    const change = { id: 'e5', by: 'head', type: 'changeCompany' as const, set: { inn } };
    expect(await world.engine.companies.perform(third._id, change)).toMatchObject({ code: 'innTaken' });
  });

  it('[A-23] many changes at once are all kept, one after the other', async () => {
    const { _id } = companyOf(await add('e6', { name: 'Ромашка' }));
    const notes = Array.from({ length: 8 }, (_, index) =>
      world.engine.companies.perform(_id, {
        id: `n${index}`,
        by: 'head',
        type: 'noteCompany',
        text: `${index}`,
      }),
    );
    await Promise.all(notes);
    const kept = await world.db.companies.findOne({ _id });
    expect(kept?.notes.length).toBe(8);
    expect(kept?.version).toBe(9);
  });

  it('[A-23] what a crash kept from the history is told by the next start', async () => {
    const { _id } = companyOf(await add('e7', { name: 'Ромашка' }));
    await world.db.ledger.deleteMany({});
    await world.db.companies.updateOne({ _id }, { $set: { unpublished: true } });
    await world.engine.companies.recover();
    expect(await world.db.ledger.find({ company: _id }).toArray()).toMatchObject([{ what: 'companyAdded' }]);
    expect((await world.db.companies.findOne({ _id }))?.unpublished).toBeUndefined();
  });

  it('[A-23] the end of a contract is told once, anew when it was moved, and the agency says how long before', async () => {
    const { companies, contractNotices } = world.engine;
    const { _id } = companyOf(await add('e8', { name: 'Ромашка' }));
    await companies.perform(_id, { id: 'o1', by: 'head', type: 'setOwner', owner: 'recruiter2' });
    const until = (day: string) => ({ type: 'changeContract' as const, contract: 'c1', set: { until: day } });
    const day = (ahead: number) =>
      DateTime.fromMillis(world.clock.now() + ahead * 86_400_000).toISODate() ?? '';
    const told = () => world.sent.filter(({ text }) => text.includes('Ромашка'));
    const alarm = async () =>
      (await world.db.timers.findOne({ _id: `contractEnd:${_id}`, status: 'armed' }))?.due;
    await companies.perform(_id, {
      id: 'c1',
      by: 'head',
      type: 'addContract',
      set: { number: '1', until: day(60) },
    });
    const first = (await world.db.companies.findOne({ _id }))?.contracts[0]?.id ?? '';
    const due = (await alarm()) ?? 0;
    expect(day(30) <= (DateTime.fromMillis(due).toISODate() ?? '')).toBe(true);
    await world.livePolicy.change({ contracts: { noticeDays: 50 } }, 'head');
    await contractNotices.remind();
    expect(await alarm()).toBeLessThan(due);
    const ring = async () => {
      await world.engine.moveClock(((await alarm()) ?? 0) - world.clock.real() + 1_000);
      await world.quiet();
    };
    await ring();
    expect(told()).toMatchObject([{ to: 'm-recruiter2' }]);
    expect(told()[0]?.text).toContain('Договор с компанией');
    await companies.perform(_id, { id: 'n9', by: 'head', type: 'noteCompany', text: 'звонили' });
    await ring();
    expect(told()).toHaveLength(1);
    await companies.perform(_id, { id: 'm1', by: 'head', ...until(day(300)), contract: first });
    await ring();
    expect(told()).toHaveLength(2);
    await companies.perform(_id, { id: 'a1', by: 'head', type: 'archiveCompany', on: true });
    expect(await alarm()).toBeUndefined();
  });
});
