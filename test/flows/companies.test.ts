import { describe, expect, test } from 'vitest';
import { accountFits } from '../../flows/companies/accountFits.ts';
import type { Company } from '../../flows/companies/company.ts';
import type { CompanyCommand } from '../../flows/companies/companyCommand.ts';
import type { CompanyFacts } from '../../flows/companies/companyTurn.ts';
import type { CompanyWords } from '../../flows/companies/companyWords.ts';
import { contractNotice, contractTask, toldOfContract } from '../../flows/companies/contractNotice.ts';
import { type Contract, contractEnd, contractFor } from '../../flows/companies/contract.ts';
import { decideCompany } from '../../flows/companies/decideCompany.ts';
import { readInn, readOgrn } from '../../flows/companies/readCode.ts';
import { readRequisites } from '../../flows/companies/readRequisites.ts';
import { similarNames } from '../../flows/companies/similarNames.ts';
import { readPrice } from '../../flows/companies/readPrice.ts';
import type { Member } from '../../flows/member.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { agency, words as said } from './factory.ts';

const lexicons = Object.values(said.lexicon);
const words: CompanyWords[] = [
  {
    forms: ['ооо', 'ао', 'общество с ограниченной ответственностью', 'компания', 'торговый дом'],
    bank: ['банк'],
    kpp: ['кпп'],
    bik: ['бик'],
  },
];
const member = (_id: string, role: Member['role'], active = true): Member => ({
  _id,
  role,
  active,
  name: `Имя ${_id}`,
  lang: 'ru',
  zone: 'Europe/Moscow',
  hours: { week: {}, off: [], buffer: 0 },
});
const members = [
  member('head', 'head'),
  member('anna', 'recruiter'),
  member('gone', 'recruiter', false),
  member('client', 'client'),
];
const facts = (others: CompanyFacts['others'] = []): CompanyFacts => ({ members, words, others });
let count = 0;
type Order = CompanyCommand extends infer C
  ? C extends CompanyCommand
    ? Omit<C, 'id' | 'by'>
    : never
  : never;
const give = (company: Company | undefined, order: Order, by = 'anna', others?: CompanyFacts['others']) =>
  decideCompany(company, { ...order, id: `e${(count += 1)}`, by }, facts(others), 1_000, 'c1');
const done = (company: Company | undefined, order: Order, by?: string): Company => {
  const decision = give(company, order, by);
  if (!decision.ok) throw new Error(JSON.stringify(decision));
  return decision.company;
};
/** What else is so of a company whose contract ends. */
interface Ending {
  more?: Contract;
  archived?: true;
  noticeDays?: number;
}
const made = (set = {}) => done(undefined, { type: 'addCompany', set: { name: 'ООО «Ромашка»', ...set } });

describe('numbers are checked by their own digits', () => {
  // Published numbers of a bank and of the tax service itself: somebody else's sums.
  test.each([['7707083893'], ['7707329152'], ['ИНН 7707 083-893'], ['500100732259']])(
    '[B-14] INN %s is right',
    (text) => expect(readInn(text)).toEqual({ ok: true, value: text.replaceAll(/\D/g, '') }),
  );
  test.each([
    ['7707083894', { code: 'checkDigit', params: { place: 10, is: 4, wanted: 3 } }],
    ['7707083839', { code: 'checkDigit', params: { place: 10, is: 9, wanted: 0 } }],
    ['500100732269', { code: 'checkDigit', params: { place: 11, is: 6, wanted: 5 } }],
    ['500100732250', { code: 'checkDigit', params: { place: 12, is: 0, wanted: 9 } }],
    ['77070838', { code: 'innCount', params: { count: 8 } }],
    ['0000000000', { code: 'innNone' }],
    ['ромашка', { code: 'innCount', params: { count: 0 } }],
  ])('[B-14] INN %s is refused', (text, fault) => expect(readInn(text)).toEqual({ ok: false, fault }));

  test.each([
    ['1027700132195', true],
    ['1027700132196', false],
    ['304500116000157', true],
    ['304500116000158', false],
    ['102770013219', false],
  ])('[B-14] OGRN %s: %s', (text, ok) => expect(readOgrn(text).ok).toBe(ok));

  test.each([
    ['044525225', '30101810400000000225', true, true],
    ['044525225', '30101810400000000226', true, false],
    ['044525225', '40702810900000005555', false, true],
    ['044525225', '40702810800000005555', false, false],
    // The treasury's accounts follow rules of their own.
    ['014525988', '40102810545370000003', true, true],
  ])('[B-14] BIK %s with %s (correspondent: %s): %s', (bik, account, correspondent, fits) =>
    expect(accountFits(bik, account, correspondent)).toBe(fits),
  );
});

describe('the price of a hire', () => {
  test.each([
    ['150 000 руб за человека', { amount: 150_000, currency: 'RUB' }],
    ['180к', { amount: 180_000 }],
    ['180 тыс. руб.', { amount: 180_000, currency: 'RUB' }],
    ['$2k', { amount: 2_000, currency: 'USD' }],
    ['1500 USD', { amount: 1_500, currency: 'USD' }],
    ['20% от дохода', undefined],
    ['два оклада', undefined],
  ])('[A-23] «%s»', (text, price) => expect(readPrice(text, lexicons)).toEqual(price));
});

describe('requisites as they stand in a letter', () => {
  test('[B-14] are taken apart by their length, check digit and the word before', () => {
    const text = `ООО «Ромашка», тел. +7 916 123-45-67
ИНН/КПП 7707083893/773601001, ОГРН 1027700132195
р/с 4070 2810 9000 0000 5555
Банк: ПАО Сбербанк, г. Москва
БИК 044525225 к/с 30101810400000000225`;
    expect(readRequisites(text, words)).toEqual({
      found: {
        inn: '7707083893',
        kpp: '773601001',
        ogrn: '1027700132195',
        account: '40702810900000005555',
        bank: 'ПАО Сбербанк',
        bik: '044525225',
        correspondent: '30101810400000000225',
      },
      doubtful: [],
    });
  });
  test('[B-14] a KPP that begins as a BIK is known by its word; a slip is told, not dropped', () => {
    expect(readRequisites('КПП 041101001 ИНН 7707083894', words)).toEqual({
      found: { kpp: '041101001' },
      doubtful: ['7707083894'],
    });
    expect(readRequisites('7707083893 773601001', words).found).toEqual({
      inn: '7707083893',
      kpp: '773601001',
    });
    expect(readRequisites('напишем завтра', words)).toEqual({ found: {}, doubtful: [] });
  });
});

describe('names that are much the same', () => {
  const known = [
    { _id: '1', name: 'Общество с ограниченной ответственностью "Ромашка"', shortName: 'ООО "Ромашка"' },
    { _id: '2', name: 'АО «Василёк Логистика»' },
    { _id: '3', name: '1С' },
  ];
  test.each([
    ['Ромашка', ['1']],
    ['ООО «РОМАШКА»', ['1']],
    ['торговый дом ромашко', ['1']],
    ['Василек', ['2']],
    ['Компания 1С', ['3']],
    ['Компания', []],
    ['ООО Ландыш', []],
  ])('[A-23] %s', (name, ids) => expect(similarNames(name, known, words).map(({ _id }) => _id)).toEqual(ids));
});

describe('a company', () => {
  test('[A-23] [B-14] is added with what is right; a wrong value is refused by its name and nothing is kept', () => {
    const company = made({ inn: '7707 083 893', website: 'romashka.ru' });
    expect(company).toMatchObject({
      _id: 'c1',
      version: 1,
      fields: { name: 'ООО «Ромашка»', inn: '7707083893', website: 'https://romashka.ru' },
      outbox: [{ what: 'companyAdded', by: 'anna' }],
    });
    expect(give(undefined, { type: 'addCompany', set: { name: 'Р', inn: '7707083894' } })).toMatchObject({
      ok: false,
      code: 'badCompany',
      params: {
        why: { key: 'company.fault.checkDigit', params: { place: 10, field: { key: 'company.field.inn' } } },
      },
    });
    expect(give(undefined, { type: 'addCompany', set: { name: '  ' } })).toMatchObject({
      params: { why: { key: 'company.fault.empty' } },
    });
    expect(give(company, { type: 'changeCompany', set: { name: null } })).toMatchObject({
      code: 'badCompany',
    });
  });

  test.each([['client'], ['gone'], ['nobody']])('[A-23] %s may do nothing', (by) => {
    expect(give(made(), { type: 'changeCompany', set: { kpp: '773601001' } }, by)).toMatchObject({
      code: 'notAllowed',
    });
    expect(give(undefined, { type: 'addCompany', set: { name: 'Р' } }, by)).toMatchObject({
      code: 'notAllowed',
    });
  });

  test('[A-23] one of much the same name is shown first, and made all the same when it is wanted', () => {
    const others = [{ _id: 'old', name: 'ООО Ромашка' }];
    const order: Order = { type: 'addCompany', set: { name: 'Ромашка' } };
    expect(give(undefined, order, 'anna', others)).toMatchObject({
      code: 'similarCompany',
      similar: ['old'],
    });
    expect(give(undefined, { ...order, anyway: true }, 'anna', others).ok).toBe(true);
  });

  test('[B-14] account and BIK are held against each other, whichever comes first', () => {
    const account = '40702810900000005555';
    const company = done(made(), { type: 'changeCompany', set: { account } });
    expect(give(company, { type: 'changeCompany', set: { bik: '044525974' } })).toMatchObject({
      code: 'badCompany',
      params: { why: { key: 'company.fault.accountBik' } },
    });
    expect(done(company, { type: 'changeCompany', set: { bik: '044525225' } }).fields).toMatchObject({
      account,
    });
  });

  test('[B-14] of an account the history tells the end only, of a contract no price', () => {
    const company = done(made(), { type: 'changeCompany', set: { account: '40702810900000005555' } });
    expect(JSON.stringify(company.outbox)).not.toContain('40702810900000005555');
    expect(company.outbox).toMatchObject([{ what: 'companyFieldSet', params: { value: '…5555' } }]);
    const price = { amount: 98_765, currency: 'RUB' };
    const signed = done(company, {
      type: 'addContract',
      set: { number: '12', price, terms: 'двадцать процентов' },
    });
    const changed = done(signed, {
      type: 'changeContract',
      contract: signed.contracts[0]?.id ?? '',
      set: { price: { amount: 55_555, currency: 'RUB' } },
    });
    expect(JSON.stringify([signed.outbox, changed.outbox])).not.toMatch(/98765|55555|двадцать/);
    expect(changed.contracts).toMatchObject([{ number: '12', price: 55_555, currency: 'RUB' }]);
  });

  test('[A-23] a contract has dates that follow each other, a real link, and is taken off again', () => {
    const company = done(made(), { type: 'addContract', set: { number: '12', date: '2026-02-01' } });
    const [{ id = '' } = {}] = company.contracts;
    const order = (set: object): Order => ({ type: 'changeContract', contract: id, set });
    for (const [set, why] of [
      [{ until: '2026-01-31' }, 'untilBefore'],
      [{ link: 'папка на столе' }, 'link'],
      [{ date: 'вчера' }, 'day'],
      [{ price: { amount: 0, currency: 'RUB' } }, 'price'],
      [{ number: '' }, 'empty'],
    ] as const)
      expect(give(company, order(set))).toMatchObject({ params: { why: { key: `company.fault.${why}` } } });
    expect(done(company, order({ until: '2026-12-31', link: 'https://example.com/1' })).contracts).toEqual([
      { id, number: '12', date: '2026-02-01', until: '2026-12-31', link: 'https://example.com/1' },
    ]);
    expect(done(company, { type: 'dropContract', contract: id }).contracts).toEqual([]);
    expect(give(company, { type: 'dropContract', contract: 'zz' })).toMatchObject({ code: 'noSuchContract' });
  });

  test('[A-23] a hire goes by the newest contract in force', () => {
    const contracts = [
      { id: 'a', number: '1', date: '2025-01-01', until: '2025-12-31' },
      { id: 'b', number: '2', date: '2026-01-01' },
      { id: 'c', number: '3', date: '2026-06-01', until: '2026-12-31' },
      { id: 'd', number: '4', date: '2027-01-01' },
    ];
    const on = (day: string) => contractFor(contracts, day)?.id;
    expect([
      on('2024-05-05'),
      on('2025-12-31'),
      on('2026-03-01'),
      on('2026-12-31'),
      on('2028-01-01'),
    ]).toEqual([undefined, 'a', 'b', 'c', 'd']);
  });

  test.each([
    [[], undefined],
    [['2026-12-20'], '2026-12-20'],
    [['2026-12-31'], undefined],
    [['2025-12-31'], '2025-12-31'],
    [['2026-12-01', '2027-12-31'], undefined],
    [['2026-12-01', undefined], undefined],
  ])('[A-23] contracts until %j: the end that is near or past is %s', (untils, end) => {
    const contracts = untils.map((until, index) => ({
      id: `${index}`,
      number: '1',
      ...(until && { until }),
    }));
    expect(contractEnd(contracts, '2026-11-28', 30)).toBe(end);
  });

  test.each([
    ['a month before its end, in the first hour of work', {}, '2026-12-31', '2026-12-01T07:00Z'],
    ['the next working day when that has passed', {}, '2026-12-10', '2026-11-30T07:00Z'],
    ['on its last day', {}, '2026-11-28', '2026-11-30T07:00Z'],
    ['never when it is over', {}, '2026-11-27', undefined],
    ['never when another goes on', { more: { id: '2', number: '2' } }, '2026-12-10', undefined],
    ['never when the company was put away', { archived: true as const }, '2026-12-10', undefined],
    ['never where the agency wants none', { noticeDays: 0 }, '2026-12-10', undefined],
  ])(
    '[A-23] the end of a contract is told %s',
    (_name, { more, archived, noticeDays }: Ending, until, due) => {
      const policy = { ...defaultPolicy, contracts: { noticeDays: noticeDays ?? 30 } };
      const company = {
        owner: 'anna',
        contracts: [{ id: '1', number: '1', until }, ...(more ? [more] : [])],
        ...(archived && { archived }),
      };
      // A Saturday noon.
      const notice = contractNotice(company, agency(), policy, Date.parse('2026-11-28T09:00Z'));
      expect(notice && new Date(notice.due).toISOString()).toBe(due && new Date(due).toISOString());
    },
  );

  test('[A-23] the one responsible is told, the heads when there is nobody', () => {
    const told = (owner?: string) => toldOfContract({ ...(owner && { owner }) }, members);
    expect(told('anna').map(({ _id }) => _id)).toEqual(['anna']);
    expect(told('client').map(({ role }) => role)).toEqual(['head']);
    expect(told().map(({ role }) => role)).toEqual(['head']);
  });

  test.each([
    ['2026-12-10', '2026-12-10T20:59:59.999Z'],
    ['2026-11-10', '2026-11-10T20:59:59.999Z'],
    ['2026-12-31', undefined],
    ['2026-10-01', undefined],
  ])('[A-23] to prolong a contract until %s is a task of %s', (until, due) => {
    const company = { contracts: [{ id: '1', number: '1', until }] };
    const task = contractTask(company, defaultPolicy, Date.parse('2026-11-28T09:00Z'));
    expect(task && new Date(task).toISOString()).toBe(due);
  });

  test('[A-23] contact persons are clients, the one responsible is of the staff', () => {
    const company = done(made(), { type: 'setContact', member: 'client', on: true });
    expect(company.people).toEqual(['client']);
    expect(give(company, { type: 'setContact', member: 'anna', on: true })).toMatchObject({
      code: 'noSuchMember',
    });
    expect(give(company, { type: 'setOwner', owner: 'client' })).toMatchObject({ code: 'noSuchMember' });
    expect(done(company, { type: 'setOwner', owner: 'head' }).owner).toBe('head');
    expect(done(company, { type: 'setContact', member: 'client', on: false }).people).toEqual([]);
  });

  test('[A-23] the last act is taken back, once, and not over somebody else’s', () => {
    const first = made();
    const named = done(first, { type: 'setOwner', owner: 'head' });
    const noted = done(named, { type: 'noteCompany', text: 'звонить после обеда' }, 'head');
    expect(give(noted, { type: 'undoCompany', version: named.version })).toMatchObject({
      code: 'companyChanged',
    });
    const undone = done(noted, { type: 'undoCompany', version: noted.version });
    expect(undone).toMatchObject({ owner: 'head', notes: [] });
    expect(give(undone, { type: 'undoCompany', version: undone.version })).toMatchObject({
      code: 'nothingToUndo',
    });
    expect(done(named, { type: 'undoCompany', version: named.version }).owner).toBeUndefined();
    expect(done(first, { type: 'undoCompany', version: first.version })).toMatchObject({ archived: true });
  });

  test('[A-23] a value that is there already is no act', () => {
    const company = done(made(), { type: 'setOwner', owner: 'head' });
    const same = done(company, { type: 'changeCompany', set: { name: 'ООО «Ромашка»' } });
    expect(same.outbox).toEqual([]);
    expect(same.undo?.what).toEqual({ key: 'company.act.owner' });
  });
});
