import { z } from 'zod';
import { contractPrice } from '../../flows/companies/contractOfHire.ts';
import { companyCosts as summarize } from '../../flows/costs/companyCosts.ts';
import { readApplicationsOf } from '../../models/readApplicationsOf.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { byId, id } from '../schemas/common.ts';
import { vacancySchema } from '../schemas/vacancySchema.ts';
import { vacancyView } from '../views/vacancyView.ts';
import { costSumsSchema } from './costs.ts';

const costsSchema = z
  .object({
    sums: costSumsSchema,
    vacancies: z.array(z.object({ vacancy: id, sums: costSumsSchema })),
  })
  .meta({ id: 'CompanyCosts' });

const list = defineRoute({
  id: 'listCompanyCosts',
  method: 'get',
  path: '/companies/{id}/costs',
  tag: 'companies',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: { 200: costsSchema },
  problems: ['noSuchCompany'],
  handle: async ({ db, policy, clock }, { params }) => {
    const company = await db.companies.findOne({ _id: params.id });
    if (!company) return { problem: { code: 'noSuchCompany' } };
    const vacancies = await db.vacancies.find({ company: company._id }).sort({ _id: 1 }).toArray();
    const ids = vacancies.map(({ _id }) => _id);
    const priceOf = contractPrice(company, clock.now(), policy.zone);
    const costs = summarize(vacancies, await readApplicationsOf(db, ids), policy.currency, priceOf);
    const each = costs.vacancies.map(({ vacancy, sums }) => ({ vacancy: vacancy._id, sums }));
    return { status: 200, body: { sums: costs.sums, vacancies: each } };
  },
});

/** Puts a vacancy to a company, or takes it off. */
const attach = defineRoute({
  id: 'changeVacancy',
  method: 'patch',
  path: '/vacancies/{id}',
  tag: 'vacancies',
  role: 'admin',
  params: byId,
  query: none,
  body: z.strictObject({ company: id.nullable() }),
  answers: { 200: vacancySchema },
  problems: ['noSuchVacancy', 'noSuchCompany'],
  handle: async ({ db, vacancies }, { params, body }, { event }) => {
    const company = body.company ?? undefined;
    if (company !== undefined && !(await db.companies.findOne({ _id: company })))
      return { problem: { code: 'noSuchCompany' } };
    await vacancies.change(params.id, { company }, event);
    const vacancy = await db.vacancies.findOne({ _id: params.id });
    return vacancy ? { status: 200, body: vacancyView(vacancy) } : { problem: { code: 'noSuchVacancy' } };
  },
});

/** What a company's vacancies cost and bring; whose a vacancy is. */
export const companyCosts: ApiRoute[] = [list, attach];
