import { z } from 'zod';
import { companyFieldNames } from '../../flows/companies/companyFields.ts';
import { id, moment } from './common.ts';

/** Values as they are kept, each by its name. */
const fields = z.partialRecord(z.enum(companyFieldNames), z.string());

const day = z.iso.date().meta({ example: '2026-02-01' });
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ example: 'RUB' });
const number = z.string().trim().min(1).max(60).meta({ example: '12/26' });

const contractSchema = z.object({
  id,
  number: z.string(),
  date: day.optional(),
  until: day.optional().meta({ description: 'api.field.contractUntil' }),
  link: z.string().optional(),
  terms: z.string().optional(),
  price: z.number().optional().meta({ description: 'api.field.contractPrice' }),
  currency: currency.optional(),
  inForce: z.boolean().meta({ description: 'api.field.contractInForce' }),
});

/** An employer with its contracts and contact persons. */
export const companySchema = z
  .object({
    id,
    fields: fields.meta({ description: 'api.field.companyFields' }),
    contracts: z.array(contractSchema),
    contacts: z.array(id).meta({ description: 'api.field.companyContacts' }),
    owner: id.optional().meta({ description: 'api.field.companyOwner' }),
    notes: z.array(z.object({ at: moment, by: z.string(), text: z.string() })),
    state: z
      .enum(['active', 'liquidating', 'liquidated', 'bankrupt', 'reorganizing'])
      .optional()
      .meta({ description: 'api.field.companyState' }),
    checkedAt: moment.optional(),
    archived: z.boolean(),
    createdAt: moment,
  })
  .meta({ id: 'Company' });

const typed = z.string().max(1_000);

/** What may be given of a new company; spaces and the like in its numbers do no harm. */
export const newCompanySchema = z.strictObject({
  ...Object.fromEntries(companyFieldNames.map((name) => [name, typed.optional()])),
  name: typed,
  owner: id.optional(),
  anyway: z.boolean().optional().meta({ description: 'api.field.companyAnyway' }),
});

/** Null takes a value off. */
export const companyChangeSchema = z.strictObject({
  ...Object.fromEntries(companyFieldNames.map((name) => [name, typed.nullable().optional()])),
  owner: id.nullable().optional(),
  archived: z.boolean().optional(),
});

const price = z.object({ amount: z.number().positive().max(1e12), currency });
export const newContractSchema = z.strictObject({
  number,
  date: day.optional(),
  until: day.optional(),
  link: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  terms: z.string().trim().min(1).max(1_000).optional(),
  price: price.optional().meta({ description: 'api.field.contractPrice' }),
});

export const contractChangeSchema = z.strictObject({
  contract: id,
  number: number.optional(),
  date: day.nullable().optional(),
  until: day.nullable().optional(),
  link: newContractSchema.shape.link.unwrap().nullable().optional(),
  terms: newContractSchema.shape.terms.unwrap().nullable().optional(),
  price: price.nullable().optional(),
  drop: z.literal(true).optional().meta({ description: 'api.field.contractDrop' }),
});
