import { z } from 'zod';
import { fitsQuery } from '../../flows/companies/fitsQuery.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { byId, pageSchema } from '../schemas/common.ts';
import { companySchema } from '../schemas/companySchema.ts';
import { todayOf } from '../todayOf.ts';
import { companyView } from '../views/companyView.ts';

const list = defineRoute({
  id: 'listCompanies',
  method: 'get',
  path: '/companies',
  tag: 'companies',
  role: 'reader',
  params: none,
  query: z.strictObject({
    q: z.string().trim().max(100).optional().meta({ description: 'api.field.companyQuery' }),
    archived: z.enum(['true', 'false']).optional(),
    ...paging(z.tuple([z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('CompanyPage', companySchema) },
  problems: [],
  handle: async (deps, { query: { q = '', archived, limit, after } }) => {
    const own = Object.values(deps.words.lexicon).map(({ company }) => company);
    const where = {
      ...(archived && { archived: { $exists: archived === 'true' } }),
      ...(after && { _id: { $gt: after[0] } }),
    };
    // A name is compared without its legal form: the database cannot do that, and there are thousands at most.
    const all = await deps.db.companies.find(where).sort({ _id: 1 }).toArray();
    const rows = all.filter((company) => q === '' || fitsQuery(company, q, own));
    const day = todayOf(deps);
    const page = rows.slice(0, limit + 1);
    return {
      status: 200,
      body: pageOf(
        page,
        limit,
        ({ _id }) => [_id],
        (company) => companyView(company, day),
      ),
    };
  },
});

const read = defineRoute({
  id: 'readCompany',
  method: 'get',
  path: '/companies/{id}',
  tag: 'companies',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: { 200: companySchema },
  problems: ['noSuchCompany'],
  handle: async (deps, { params }) => {
    const company = await deps.db.companies.findOne({ _id: params.id });
    return company
      ? { status: 200, body: companyView(company, todayOf(deps)) }
      : { problem: { code: 'noSuchCompany' } };
  },
});

/** Companies as they stand: the list with its search, and one of them. */
export const companyReads: ApiRoute[] = [list, read];
