import { Composer } from 'grammy';
import type { Company } from '../../flows/companies/company.ts';
import { isCompanyField } from '../../flows/companies/companyFields.ts';
import { addDraft } from '../companies/addCompany.ts';
import { checkByInn } from '../companies/lookUp.ts';
import { type CompanyOrder, giveCompany, performCompany } from '../companies/performCompany.ts';
import { closePrompt, openPrompt } from '../prompt.ts';
import { askReply, redraw, send, toast, voice } from '../reply.ts';
import { keepSearch, readSearch } from '../search.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawCompany } from '../views/companyCard.ts';
import { drawCompanies, ending } from '../views/companyList.ts';
import { drawCompanyHistory, drawFields } from '../views/companyParts.ts';
import { companyPeopleActs } from './companyPeopleActs.ts';
import { companyVacancyActs } from './companyVacancyActs.ts';
import { typedCompany } from './companyTyped.ts';
import { contractActs } from './contractActs.ts';

type Act = (ctx: StaffContext, company: Company, ...rest: string[]) => Promise<void>;

/** Companies: `/companies`, and the buttons `co:<verb>:<company>[:…]`. A client never comes here. */
export const companyHandlers = new Composer<StaffContext>();

companyHandlers.command('companies', async (ctx) => {
  const query = ctx.match.trim();
  const search = query ? await keepSearch(ctx, query) : { id: '', query };
  await closePrompt(ctx);
  await send(ctx, await drawCompanies(ctx.staff, ctx.member, search, 0));
});
companyHandlers.callbackQuery(/^m:companies:([\w-]*):(\d+)$/, async (ctx) => {
  const [, id = '', page = '0'] = ctx.match;
  const search = await readSearch(ctx, id);
  if (!search) return toast(ctx, 'staff.find.old', undefined, true);
  await toast(ctx);
  await redraw(ctx, await drawCompanies(ctx.staff, ctx.member, search, Number(page)));
});
companyHandlers.callbackQuery('co:new', (ctx) => ask(ctx, { kind: 'companyNew' }, 'company.ask.new'));
companyHandlers.callbackQuery('co:find', (ctx) => ask(ctx, { kind: 'companyFind' }, 'company.ask.find'));
companyHandlers.callbackQuery('co:ending', async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawCompanies(ctx.staff, ctx.member, await keepSearch(ctx, ending), 0));
});
companyHandlers.callbackQuery(/^co:add:([\w-]+)$/, async (ctx) => {
  const search = await readSearch(ctx, ctx.match[1] ?? '');
  if (!search?.query) return toast(ctx, 'staff.find.old', undefined, true);
  await toast(ctx);
  await typedCompany(ctx, { kind: 'companyNew' }, search.query);
});
companyHandlers.callbackQuery(/^co:(make|anyway):(\d+)$/, (ctx) =>
  addDraft(ctx, ctx.match[2] ?? '', ctx.match[1] === 'anyway'),
);
companyHandlers.callbackQuery(/^co:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', rest = ''] = ctx.match;
  const company = await ctx.staff.db.companies.findOne({ _id: id });
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!company || !act)
    return toast(ctx, company ? 'staff.toast.stale' : 'refusal.noSuchCompany', undefined, true);
  await act(ctx, company, ...rest.split(':'));
});

const acts: Record<string, Act> = {
  ...contractActs,
  ...companyVacancyActs,
  ...companyPeopleActs,
  open: async (ctx, company) => {
    await toast(ctx);
    await closePrompt(ctx);
    await redraw(ctx, await drawCompany(ctx.staff, ctx.member, company));
  },
  edit: async (ctx, company) => {
    await toast(ctx);
    await redraw(ctx, drawFields(voice(ctx), company, 'main'));
  },
  bank: async (ctx, company) => {
    await toast(ctx);
    await redraw(ctx, drawFields(voice(ctx), company, 'bank'));
  },
  field: (ctx, { _id, fields }, field = '') => {
    if (!isCompanyField(field)) return toast(ctx, 'staff.toast.stale', undefined, true);
    const name = { key: `company.field.${field}` };
    const key = field === 'name' ? 'company.ask.name' : 'company.ask.field';
    return ask(ctx, { kind: 'companyField', company: _id, field }, key, {
      field: name,
      value: fields[field] ?? '—',
    });
  },
  paste: (ctx, { _id }) => ask(ctx, { kind: 'companyPaste', company: _id }, 'company.ask.paste'),
  note: (ctx, { _id }) => ask(ctx, { kind: 'companyNote', company: _id }, 'company.ask.note'),
  check: checkByInn,
  archive: (ctx, company) => giveAndShow(ctx, company, { type: 'archiveCompany', on: true }),
  reopen: (ctx, company) => giveAndShow(ctx, company, { type: 'archiveCompany', on: false }),
  undo: async (ctx, company, version) => {
    const decision = await performCompany(ctx, company._id, {
      type: 'undoCompany',
      version: Number(version),
    });
    if (decision.ok) await toast(ctx, 'staff.toast.undo');
    // What stands there is old: whoever pressed sees what a colleague has done.
    await redraw(ctx, await drawCompany(ctx.staff, ctx.member, decision.ok ? decision.company : company));
  },
  history: async (ctx, company, page) => {
    await toast(ctx);
    await redraw(ctx, await drawCompanyHistory(ctx.staff, ctx.member, company, Number(page || 0)));
  },
};

/** Ask for a typed answer. */
async function ask(
  ctx: StaffContext,
  prompt: Parameters<typeof openPrompt>[1],
  key: string,
  params?: Parameters<typeof askReply>[2],
): Promise<void> {
  await toast(ctx);
  await openPrompt(ctx, prompt);
  await askReply(ctx, key, params);
}

async function giveAndShow(ctx: StaffContext, company: Company, order: CompanyOrder): Promise<void> {
  const next = await giveCompany(ctx, company, order);
  if (next) await redraw(ctx, await drawCompany(ctx.staff, ctx.member, next));
}
