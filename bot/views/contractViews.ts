import type { Company } from '../../flows/companies/company.ts';
import { type Contract, isInForce } from '../../flows/companies/contract.ts';
import { dayParam } from '../../flows/dayParam.ts';
import type { Rendered } from '../../runtime/words.ts';
import { inRows, type Speech } from '../speech.ts';
import { money } from './costViews.ts';
import { titleOfCompany } from './companyList.ts';

/** What of a contract is typed, in the order it is shown. */
export const contractFields = ['number', 'date', 'until', 'price', 'terms', 'link'] as const;

/** Every contract of a company, the newest first. @param day today, as an ISO date */
export function drawContracts(said: Speech, company: Company, day: string): Rendered {
  const lines = newestFirst(company).map((contract) => contractLine(said, contract, day));
  const buttons = newestFirst(company).map(({ id, number }) =>
    said.button('company.button.contract', `co:contract:${company._id}:${id}`, {
      params: { number: number.slice(0, 30) },
    }),
  );
  return {
    text: [
      said.text('company.contract.title', { name: titleOfCompany(company) }),
      ...(lines.length > 0 ? lines : [said.text('company.contract.none')]),
    ]
      .join('\n\n')
      .slice(0, 4000),
    buttons: [
      ...inRows(buttons, 2),
      [said.button('company.button.contractNew', `co:contractNew:${company._id}`, { style: 'primary' })],
      [said.button('staff.button.back', `co:open:${company._id}`)],
    ],
  };
}

/** One contract, each part of it with a button that changes it. */
export function drawContract(
  said: Speech,
  { _id, fields }: Company,
  contract: Contract,
  day: string,
): Rendered {
  const shown = contractFields.map((field) =>
    said.text('company.line', {
      field: { key: `company.contract.field.${field}` },
      value: valueOf(said, contract, field) ?? '—',
    }),
  );
  const buttons = contractFields.map((field) =>
    said.button(`company.contract.field.${field}`, `co:cField:${_id}:${contract.id}:${field}`),
  );
  const over = contract.until !== undefined && contract.until < day;
  return {
    text: [
      said.text('company.contract.one', { name: titleOfCompany({ fields }) }),
      shown.join('\n'),
      ...(over ? [said.text('company.contract.over')] : []),
      said.text('company.contract.staffOnly'),
    ]
      .join('\n\n')
      .slice(0, 4000),
    buttons: [
      ...inRows(buttons, 2),
      [said.button('company.button.contractDrop', `co:cDrop:${_id}:${contract.id}`, { style: 'danger' })],
      [said.button('staff.button.back', `co:contracts:${_id}`)],
    ],
  };
}

/** A contract in a line or two: number, days, price. */
export function contractLine(said: Speech, contract: Contract, day: string): string {
  const { number, date, until, terms } = contract;
  const price = valueOf(said, contract, 'price');
  const parts = [
    ...(until === undefined ? [] : [said.text('company.contract.till', { day: dayParam(until) })]),
    ...(price === undefined ? [] : [price]),
    ...(terms === undefined ? [] : [terms.slice(0, 120)]),
  ];
  const head = date === undefined ? 'company.contract.head' : 'company.contract.headOf';
  const mark = isInForce(contract, day) ? '📄' : '⌛️';
  const params = {
    mark,
    number,
    day: date === undefined ? '' : dayParam(date),
    more: parts.map((part) => `\n${part}`).join(''),
  };
  return said.text(head, params);
}

function valueOf(
  said: Speech,
  contract: Contract,
  field: (typeof contractFields)[number],
): string | undefined {
  if (field === 'price')
    return contract.price === undefined ? undefined : money(said, contract.price, contract.currency ?? '');
  const value = contract[field];
  if (value === undefined || (field !== 'date' && field !== 'until')) return value;
  return said.plain('company.day', { day: dayParam(value) });
}

function newestFirst({ contracts }: Company): Contract[] {
  return contracts.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
}
