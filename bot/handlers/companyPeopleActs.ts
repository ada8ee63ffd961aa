import type { Company } from '../../flows/companies/company.ts';
import { type CompanyOrder, giveCompany } from '../companies/performCompany.ts';
import { redraw, toast } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawContacts, drawOwners } from '../views/companyParts.ts';

type Act = (ctx: StaffContext, company: Company, ...rest: string[]) => Promise<void>;

/** Who speaks for a company, and who of the staff is responsible for it. */
export const companyPeopleActs: Record<string, Act> = {
  people: async (ctx, company) => {
    await toast(ctx);
    await redraw(ctx, await drawContacts(ctx.staff, ctx.member, company));
  },
  contact: async (ctx, company, member = '') => {
    const order: CompanyOrder = { type: 'setContact', member, on: !company.people.includes(member) };
    const next = await giveCompany(ctx, company, order);
    if (next) await redraw(ctx, await drawContacts(ctx.staff, ctx.member, next));
  },
  owner: async (ctx, company) => {
    await toast(ctx);
    await redraw(ctx, await drawOwners(ctx.staff, ctx.member, company));
  },
  own: async (ctx, company, member = '') => {
    const owner = company.owner === member ? null : member;
    const next = await giveCompany(ctx, company, { type: 'setOwner', owner });
    if (next) await redraw(ctx, await drawOwners(ctx.staff, ctx.member, next));
  },
};
