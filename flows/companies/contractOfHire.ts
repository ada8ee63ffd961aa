import type { Application } from '../candidate.ts';
import { dayOf } from '../dayOf.ts';
import type { Company } from './company.ts';
import { type Contract, contractFor } from './contract.ts';

/**
 * The company's contract by which somebody is hired, as long as the hire has none of its own: the one in force on
 * the first day, or today while that is not known.
 */
export function contractOfHire(
  company: Pick<Company, 'contracts'> | undefined,
  { fields }: Pick<Application, 'fields'>,
  now: number,
  zone: string,
): Contract | undefined {
  const start = fields?.startDate?.value;
  return company && contractFor(company.contracts, dayOf(typeof start === 'number' ? start : now, zone));
}

/** What is paid for a hire by the company's contract. Tells the sums of costs what no hire says itself. */
export function contractPrice(company: Pick<Company, 'contracts'> | undefined, now: number, zone: string) {
  return (application: Pick<Application, 'fields'>): { price: number; currency: string } | undefined => {
    const contract = contractOfHire(company, application, now, zone);
    return contract?.price === undefined || contract.currency === undefined
      ? undefined
      : { price: contract.price, currency: contract.currency };
  };
}
