import { z } from 'zod';
import type { CompanyCommand } from '../../flows/companies/companyCommand.ts';
import { fitsQuery } from '../../flows/companies/fitsQuery.ts';
import type { CompanyDecision } from '../../flows/companies/decideCompany.ts';
import { dayOf } from '../../flows/dayOf.ts';
import type { RefusalCode } from '../../flows/facts.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, type Caller, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { byId, id, pageSchema, text } from '../schemas/common.ts';
import {
  companyChangeSchema,
  companySchema,
  contractChangeSchema,
  newCompanySchema,
  newContractSchema,
} from '../schemas/companySchema.ts';
import { companyView } from '../views/companyView.ts';

type Without<C> = C extends unknown ? Omit<C, 'id' | 'by'> : never;

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
    const day = today(deps);
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
      ? { status: 200, body: companyView(company, today(deps)) }
      : { problem: { code: 'noSuchCompany' } };
  },
});

const add = defineRoute({
  id: 'addCompany',
  method: 'post',
  path: '/companies',
  tag: 'companies',
  role: 'admin',
  params: none,
  query: none,
  body: newCompanySchema,
  answers: { 201: companySchema },
  problems: ['badCompany', 'innTaken', 'similarCompany', 'noSuchMember', 'notAllowed'],
  handle: async (deps, { body: { owner, anyway, ...set } }, { event, by }) => {
    const more = { ...(owner !== undefined && { owner }), ...(anyway !== undefined && { anyway }) };
    const decision = await deps.companies.add({ id: event, by, type: 'addCompany', set, ...more });
    return answer(deps, decision, 201);
  },
});

/** One act on a company. */
function act<B extends z.ZodObject>(
  name: string,
  method: 'post' | 'patch',
  path: string,
  body: B,
  problems: RefusalCode[],
  command: (body: z.output<B>) => Without<CompanyCommand>,
): ApiRoute {
  return defineRoute({
    id: name,
    method,
    path: `/companies/{id}${path}`,
    tag: 'companies',
    role: 'admin',
    params: byId,
    query: none,
    body,
    answers: { 200: companySchema },
    problems: ['noSuchCompany', 'notAllowed', ...problems],
    handle: (deps, call, caller) => perform(deps, call.params.id, caller, command(call.body)),
  });
}

async function perform(
  deps: ApiDeps,
  company: string,
  { event, by, repeated }: Caller,
  command: Without<CompanyCommand>,
): Promise<Outcome> {
  const known = repeated ? await deps.db.companies.findOne({ _id: company }) : null;
  if (known) return { status: 200, body: companyView(known, today(deps)) };
  return answer(deps, await deps.companies.perform(company, { ...command, id: event, by }), 200);
}

function answer(deps: ApiDeps, decision: CompanyDecision, status: number): Outcome {
  if (decision.ok) return { status, body: companyView(decision.company, today(deps)) };
  const { code, params, similar } = decision;
  return { problem: { code, ...(params && { params }), ...(similar && { more: { similar } }) } };
}

function today({ clock, policy }: ApiDeps): string {
  return dayOf(clock.now(), policy.zone);
}

/** Companies, as the bot's `/companies` has them. */
export const companies: ApiRoute[] = [
  list,
  add,
  read,
  act(
    'changeCompany',
    'patch',
    '',
    companyChangeSchema,
    ['badCompany', 'innTaken', 'noSuchMember'],
    ({ owner, archived, ...set }) => ({
      type: 'changeCompany',
      set,
      ...(owner !== undefined && { owner }),
      ...(archived !== undefined && { archived }),
    }),
  ),
  act('addContract', 'post', '/contracts', newContractSchema, ['badCompany', 'tooManyContracts'], (set) => ({
    type: 'addContract',
    set,
  })),
  act(
    'changeContract',
    'patch',
    '/contracts',
    contractChangeSchema,
    ['badCompany', 'noSuchContract'],
    ({ contract, drop, ...set }) =>
      drop ? { type: 'dropContract', contract } : { type: 'changeContract', contract, set },
  ),
  act(
    'setContact',
    'post',
    '/contacts',
    z.strictObject({ member: id, on: z.boolean() }),
    ['noSuchMember'],
    (body) => ({ type: 'setContact', ...body }),
  ),
  act('noteCompany', 'post', '/notes', z.strictObject({ text }), [], (body) => ({
    type: 'noteCompany',
    ...body,
  })),
];
