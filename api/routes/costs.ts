import { z } from 'zod';
import { contractPrice } from '../../flows/companies/contractOfHire.ts';
import { summarizeCosts } from '../../flows/costs/costs.ts';
import { readApplicationsOf } from '../../models/readApplicationsOf.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { type ApiRoute, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { byId, id, moment } from '../schemas/common.ts';
import { toIso } from '../toIso.ts';

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ example: 'RUB' });
const source = z.string().trim().min(1).max(40).optional().meta({ description: 'api.field.costSource' });
const sums = { spent: z.number(), hires: z.number(), perHire: z.number().optional() };

/** Costs by currency, with the sources. */
export const costSumsSchema = z.array(
  z.object({
    currency,
    ...sums,
    income: z.number().meta({ description: 'api.field.costIncome' }),
    sources: z.array(z.object({ source: z.string(), ...sums })),
  }),
);

const costsSchema = z
  .object({
    items: z.array(
      z.object({ id, at: moment, by: z.string(), amount: z.number(), currency, source, what: z.string() }),
    ),
    sums: costSumsSchema,
  })
  .meta({ id: 'Costs' });

/** What was spent on vacancies, and what one hire cost. */
export const costs: ApiRoute[] = [
  defineRoute({
    id: 'listCosts',
    method: 'get',
    path: '/vacancies/{id}/costs',
    tag: 'vacancies',
    role: 'reader',
    params: byId,
    query: none,
    body: none,
    answers: { 200: costsSchema },
    problems: ['noSuchVacancy'],
    handle: (deps, { params }) => read(deps, params.id, 200),
  }),
  defineRoute({
    id: 'addCost',
    method: 'post',
    path: '/vacancies/{id}/costs',
    tag: 'vacancies',
    role: 'admin',
    params: byId,
    query: none,
    body: z.strictObject({
      amount: z.number().positive().max(1e12),
      currency: currency.optional(),
      source,
      what: z.string().trim().max(200).default(''),
    }),
    answers: { 201: costsSchema },
    problems: ['noSuchVacancy'],
    handle: async (deps, { params, body }, { event, by }) => {
      const { policy, clock, vacancies } = deps;
      const cost = { id: event, at: clock.now(), by, ...body, currency: body.currency ?? policy.currency };
      await vacancies.addCost(params.id, cost);
      return read(deps, params.id, 201);
    },
  }),
];

async function read({ db, policy, clock }: ApiDeps, of: string, status: number): Promise<Outcome> {
  const vacancy = await db.vacancies.findOne({ _id: of });
  if (!vacancy) return { problem: { code: 'noSuchVacancy' } };
  const own = await readApplicationsOf(db, [of]);
  const company = vacancy.company === undefined ? null : await db.companies.findOne({ _id: vacancy.company });
  const priceOf = contractPrice(company ?? undefined, clock.now(), policy.zone);
  const items = (vacancy.costs ?? []).map(({ at, ...cost }) => ({ ...cost, at: toIso(at) }));
  return {
    status,
    body: { items, sums: summarizeCosts(vacancy.costs ?? [], own, policy.currency, priceOf) },
  };
}
