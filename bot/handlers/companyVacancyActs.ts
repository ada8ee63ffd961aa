import type { Company } from '../../flows/companies/company.ts';
import { redraw, toast } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawCompanyCosts } from '../views/companyCosts.ts';
import { drawAttach, drawCompanyVacancies } from '../views/companyVacancies.ts';
import { mayChange } from '../views/vacancyViews.ts';
import { startWizard } from '../wizards/startWizard.ts';

type Act = (ctx: StaffContext, company: Company, ...rest: string[]) => Promise<void>;

/** The vacancies of a company: the list, a new one, and one that had no company until now. */
export const companyVacancyActs: Record<string, Act> = {
  vacancies: async (ctx, company) => {
    await toast(ctx);
    await redraw(ctx, await drawCompanyVacancies(ctx.staff, ctx.member, company));
  },
  attach: async (ctx, company) => {
    await toast(ctx);
    await redraw(ctx, await drawAttach(ctx.staff, ctx.member, company));
  },
  attached: async (ctx, company, id = '') => {
    const vacancy = await ctx.staff.db.vacancies.findOne({ _id: id });
    if (!vacancy || vacancy.company !== undefined) return toast(ctx, 'staff.toast.stale', undefined, true);
    if (!mayChange(ctx.member, vacancy)) return toast(ctx, 'refusal.notAllowed', undefined, true);
    await toast(ctx, 'company.toast.attached');
    await ctx.staff.vacancies.change(id, { company: company._id }, eventId(ctx));
    await redraw(ctx, await drawCompanyVacancies(ctx.staff, ctx.member, company));
  },
  costs: async (ctx, company) => {
    await toast(ctx);
    await redraw(ctx, await drawCompanyCosts(ctx.staff, ctx.member, company));
  },
  vacancyNew: async (ctx, { _id }) => {
    await toast(ctx);
    await startWizard(ctx, 'vacancy', { company: _id });
  },
};
