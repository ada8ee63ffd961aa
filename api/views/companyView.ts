import type { z } from 'zod';
import type { Company } from '../../flows/companies/company.ts';
import { isInForce } from '../../flows/companies/contract.ts';
import type { companySchema } from '../schemas/companySchema.ts';
import { toIso, toIsoIf } from '../toIso.ts';

/** A company as the API shows it. @param day today, as an ISO date */
export function companyView(company: Company, day: string): z.output<typeof companySchema> {
  const { _id, fields, contracts, people, owner, notes, state, checkedAt, archived, createdAt } = company;
  return {
    id: _id,
    fields,
    contracts: contracts.map((contract) => ({ ...contract, inForce: isInForce(contract, day) })),
    contacts: people,
    owner,
    notes: notes.map(({ at, by, text }) => ({ at: toIso(at), by, text })),
    state,
    checkedAt: toIsoIf(checkedAt),
    archived: archived === true,
    createdAt: toIso(createdAt),
  };
}
