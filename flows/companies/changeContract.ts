import { isLink } from '../isLink.ts';
import type { ContractChange, ContractField } from './companyCommand.ts';
import { type CompanyRefusal, type CompanyTurn, wrongValue } from './companyTurn.ts';
import type { Contract } from './contract.ts';
import type { Fault } from './readCode.ts';

const most = 20;

/** A new contract; its id is the same when the command is decided again. */
export function addContract(turn: CompanyTurn, set: ContractChange): CompanyRefusal {
  const { company } = turn;
  if (company.contracts.length >= most) return { code: 'tooManyContracts', params: { count: most } };
  const contract: Contract = { id: (company.version + 1).toString(36), number: '' };
  const refused = put(contract, { number: '', ...set });
  if (refused) return refused;
  company.contracts.push(contract);
  turn.fact('contractAdded', { number: contract.number });
  turn.act({ key: 'company.act.contract', params: { number: contract.number } });
  return undefined;
}

/** Change some of a contract. Prices are not told to the history. */
export function changeContract(turn: CompanyTurn, id: string, set: ContractChange): CompanyRefusal {
  const contract = turn.company.contracts.find((one) => one.id === id);
  if (!contract) return { code: 'noSuchContract' };
  const refused = put(contract, set);
  if (refused) return refused;
  for (const field of Object.keys(set))
    turn.fact('contractChanged', {
      number: contract.number,
      field: { key: `company.contract.field.${field}` },
    });
  turn.act({ key: 'company.act.contract', params: { number: contract.number } });
  return undefined;
}

export function dropContract(turn: CompanyTurn, id: string): CompanyRefusal {
  const { contracts } = turn.company;
  const contract = contracts.find((one) => one.id === id);
  if (!contract) return { code: 'noSuchContract' };
  contracts.splice(contracts.indexOf(contract), 1);
  turn.fact('contractDropped', { number: contract.number });
  turn.act({ key: 'company.act.contractDropped', params: { number: contract.number } });
  return undefined;
}

function put(contract: Contract, { number, price, ...texts }: ContractChange): CompanyRefusal {
  if (number !== undefined) {
    const said = number.trim().replaceAll(/\s+/g, ' ');
    if (said === '' || said.length > 60)
      return wrong('number', said === '' ? { code: 'empty' } : { code: 'tooLong', params: { most: 60 } });
    contract.number = said;
  }
  if (price !== undefined) {
    if (price && !(price.amount > 0 && price.amount < 1e12 && /^[A-Z]{3}$/.test(price.currency)))
      return wrong('price', { code: 'price' });
    if (price) Object.assign(contract, { price: price.amount, currency: price.currency });
    else {
      delete contract.price;
      delete contract.currency;
    }
  }
  for (const field of ['date', 'until', 'link', 'terms'] as const) {
    const given = texts[field];
    if (given === undefined) continue;
    const value = given?.trim();
    const fault = value === undefined ? undefined : faultOf(field, value);
    if (fault) return wrong(field, fault);
    if (value === undefined) Reflect.deleteProperty(contract, field);
    else contract[field] = value;
  }
  if (contract.date !== undefined && contract.until !== undefined && contract.until < contract.date)
    return wrong('until', { code: 'untilBefore' });
  return undefined;
}

function faultOf(field: 'date' | 'until' | 'link' | 'terms', value: string): Fault | undefined {
  if (value === '') return { code: 'empty' };
  const longest = field === 'terms' ? 1_000 : 500;
  if (value.length > longest) return { code: 'tooLong', params: { most: longest } };
  if (field === 'link') return isLink(value) ? undefined : { code: 'link' };
  if (field === 'terms') return undefined;
  return /^(19|20|21)\d\d-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? undefined
    : { code: 'day' };
}

function wrong(field: ContractField, fault: Fault): CompanyRefusal {
  return wrongValue(field, fault, 'company.contract.field');
}
