import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { readInn, readOgrn } from '../../flows/companies/readCode.ts';
import { makeCompanyLookup } from '../../runtime/companyLookup.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';

const key = 'a'.repeat(40);
let sim: Running;
let logged: object[];
beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());
beforeEach(() => {
  logged = [];
});
const lookup = (with_ = key, root = `${sim.url}/dadata`) =>
  makeCompanyLookup({ key: with_, root, patience: 300, log: (line) => logged.push(line) });

describe('a company in the register', () => {
  it('[B-14] is found with its names, numbers, address and state', async () => {
    expect(await lookup()('9999001017')).toEqual({
      ok: true,
      found: {
        state: 'active',
        set: {
          name: 'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ПРОСТОКВАШИНСКИЙ МОЛОКОЗАВОД"',
          shortName: 'ООО "ПРОСТОКВАШИНСКИЙ МОЛОКОЗАВОД"',
          inn: '9999001017',
          kpp: '999901001',
          ogrn: '1129900000010',
          legalAddress: '170000, Тверская обл, г Простоквашино, ул Молочная, д 1',
        },
      },
    });
    expect(logged).toEqual([]);
  });

  test.each([
    ['9999001024', 'liquidated'],
    ['9999001031', 'bankrupt'],
    ['9999001049', 'reorganizing'],
    ['999900105043', 'active'],
  ])('[B-14] %s: %s', async (inn, state) => {
    expect(await lookup()(inn)).toMatchObject({ ok: true, found: { state, set: { inn } } });
  });

  it('[B-14] a number nobody has is not found', async () => {
    expect(await lookup()('7707083893')).toEqual({ ok: false, why: 'notFound' });
  });

  test.each([
    ['silent', 'noAnswer'],
    ['html', 'noAnswer'],
    ['too-many', 'noAnswer'],
    ['odd', 'noAnswer'],
    ['no-money', 'wrongKey'],
  ])('[B-14] %s: %s, and the key is in no log', async (kind, why) => {
    await sim.call('POST', '/sim/registry/faults', { kind });
    expect(await lookup()('9999001017')).toEqual({ ok: false, why });
    expect(logged.length).toBe(1);
    expect(JSON.stringify(logged)).not.toContain(key);
    expect((await lookup()('9999001017')).ok).toBe(true);
  });

  it('[B-14] a key that is none, and a register that is nowhere', async () => {
    expect(await lookup('wrong')('9999001017')).toEqual({ ok: false, why: 'wrongKey' });
    expect(await lookup(key, 'http://127.0.0.1:1')('9999001017')).toEqual({ ok: false, why: 'noAnswer' });
  });

  it('the stand-in’s own numbers pass the checks', async () => {
    const { body } = await sim.call('GET', '/sim/registry');
    for (const { inn, ogrn } of body)
      expect([inn, readInn(inn).ok, readOgrn(ogrn).ok]).toEqual([inn, true, true]);
  });
});
