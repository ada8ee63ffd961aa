import type { Company } from '../../flows/companies/company.ts';
import type { CompanyCommand } from '../../flows/companies/companyCommand.ts';
import type { CompanyDecision } from '../../flows/companies/decideCompany.ts';
import { say, toast } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';

/** What a member does to a company; which one, and who, is known from where it is said. */
export type CompanyOrder = CompanyCommand extends infer C
  ? C extends CompanyCommand
    ? Omit<C, 'id' | 'by'>
    : never
  : never;

/** Carry an order out, as a command of this update; a refusal is said, over the button or as a message. */
export async function performCompany(
  ctx: StaffContext,
  company: string,
  order: CompanyOrder,
): Promise<CompanyDecision> {
  const command = { ...order, id: eventId(ctx), by: ctx.member._id };
  const decision = await ctx.staff.companies.perform(company, command);
  if (!decision.ok) await refusedCompany(ctx, decision);
  return decision;
}

export async function refusedCompany(
  ctx: StaffContext,
  decision: CompanyDecision & { ok: false },
): Promise<void> {
  const key = `refusal.${decision.code}`;
  if (ctx.callbackQuery) await toast(ctx, key, decision.params, true);
  else await say(ctx, key, decision.params);
}

/** Carry an order out over a button. @returns the company as it is then; undefined when it was refused, and said */
export async function giveCompany(
  ctx: StaffContext,
  company: Company,
  order: CompanyOrder,
): Promise<Company | undefined> {
  const decision = await performCompany(ctx, company._id, order);
  if (!decision.ok) return undefined;
  await toast(ctx);
  return decision.company;
}
