import type { Company } from '../flows/companies/company.ts';
import { contractNotice, tellsOfContract, toldOfContract } from '../flows/companies/contractNotice.ts';
import { dayOf } from '../flows/dayOf.ts';
import { dayParam } from '../flows/dayParam.ts';
import type { Timer } from '../flows/event.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import type { Alarms } from './alarms.ts';
import type { Clock } from './clock.ts';
import type { Tell } from './makeTell.ts';
import type { FactReader } from './readFacts.ts';

/** Reminds of the ends of companies' contracts: one alarm for each company, each end told once. */
export interface ContractNotices {
  /** After a company has changed. The same state again sets no second alarm. */
  arm(company: Company): Promise<void>;
  /** See to all of them: at a start, and when the agency wants to know earlier or later. */
  remind(): Promise<void>;
  /** The alarm rang. */
  rings(timer: Extract<Timer, { kind: 'contractEnd' }>): Promise<void>;
}

export function makeContractNotices(deps: {
  db: Pick<Database, 'companies'>;
  clock: Pick<Clock, 'now'>;
  policy: Pick<Policy, 'contracts' | 'zone' | 'calendar'>;
  reader: Pick<FactReader, 'members'>;
  alarms: Pick<Alarms, 'order'>;
  tell: Tell;
}): ContractNotices {
  const { db, clock, policy, reader, alarms, tell } = deps;

  const arm = async (company: Company): Promise<void> => {
    const notice = contractNotice(company, await reader.members(), policy, clock.now());
    const key = `contractEnd:${company._id}`;
    const timer = { kind: 'contractEnd' as const, application: '', company: company._id };
    const order = notice ? { key, due: notice.due, timer: { ...timer, end: notice.end } } : { key };
    await alarms.order([order], '', `${key}:${company.version}:${policy.contracts.noticeDays}`);
  };

  return {
    arm,
    remind: async () => {
      const all = await db.companies.find({ 'contracts.0': { $exists: true } }).toArray();
      await Promise.all(all.map(arm));
    },
    rings: async ({ company: id, end }) => {
      const company = await db.companies.findOne({ _id: id });
      if (!company) return;
      if (!tellsOfContract(company, end, policy, clock.now())) return arm(company);
      const told = toldOfContract(company, await reader.members()).map(({ _id }) => _id);
      const { name, shortName = name } = company.fields;
      const over = end < dayOf(clock.now(), policy.zone);
      await tell(`contractEnd:${id}:${end}`, told, {
        key: over ? 'company.notice.ended' : 'company.notice.ends',
        params: { name: shortName, day: dayParam(end) },
        buttons: [[{ label: { key: 'company.notice.open' }, data: `co:contracts:${id}`, style: 'primary' }]],
      });
    },
  };
}
