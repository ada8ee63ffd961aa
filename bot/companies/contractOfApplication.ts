import { type Contract, contractFor } from '../../flows/companies/contract.ts';
import { dayOf } from '../../flows/dayOf.ts';
import type { BotDeps } from '../botDeps.ts';
import { findApplication } from '../findApplication.ts';

/**
 * The contract of the company somebody is hired by, in force on that day.
 *
 * @param at the first day, or now while it is not known
 */
export async function contractOfApplication(
  { db, policy }: Pick<BotDeps, 'db' | 'policy'>,
  application: string,
  at: number,
): Promise<Contract | undefined> {
  const employer = (await findApplication(db, application))?.vacancy?.company;
  const company = employer === undefined ? null : await db.companies.findOne({ _id: employer });
  return company ? contractFor(company.contracts, dayOf(at, policy.zone)) : undefined;
}
