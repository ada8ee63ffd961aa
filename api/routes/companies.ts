import { z } from 'zod';
import type { CompanyCommand } from '../../flows/companies/companyCommand.ts';
import type { CompanyDecision } from '../../flows/companies/decideCompany.ts';
import type { RefusalCode } from '../../flows/facts.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { type ApiRoute, type Caller, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { byId, id, text } from '../schemas/common.ts';
import {
  companyChangeSchema,
  companySchema,
  contractChangeSchema,
  newCompanySchema,
  newContractSchema,
} from '../schemas/companySchema.ts';
import { todayOf } from '../todayOf.ts';
import { companyView } from '../views/companyView.ts';

type Without<C> = C extends unknown ? Omit<C, 'id' | 'by'> : never;

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
  if (known) return { status: 200, body: companyView(known, todayOf(deps)) };
  return answer(deps, await deps.companies.perform(company, { ...command, id: event, by }), 200);
}

function answer(deps: ApiDeps, decision: CompanyDecision, status: number): Outcome {
  if (decision.ok) return { status, body: companyView(decision.company, todayOf(deps)) };
  const { code, params, similar } = decision;
  return { problem: { code, ...(params && { params }), ...(similar && { more: { similar } }) } };
}

/** Companies are added and changed, as the bot's `/companies` does it. */
export const companies: ApiRoute[] = [
  add,
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
