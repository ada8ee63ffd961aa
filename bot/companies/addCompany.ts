import { z } from 'zod';
import type { Company } from '../../flows/companies/company.ts';
import type { CompanyChange } from '../../flows/companies/companyCommand.ts';
import { companyFieldNames } from '../../flows/companies/companyFields.ts';
import { closePrompt } from '../prompt.ts';
import { send, toast, voice } from '../reply.ts';
import { chatId, type StaffContext } from '../staffContext.ts';
import { drawCompany } from '../views/companyCard.ts';
import { companyButton } from '../views/companyList.ts';
import { refusedCompany } from './performCompany.ts';

const states = ['active', 'liquidating', 'liquidated', 'bankrupt', 'reorganizing'] as const;

/** A company that is not made yet: its maker looks first at those that are much the same. */
const draftShape = z.object({
  /** The command's own id: pressed twice, it makes one company. */
  id: z.string(),
  set: z.partialRecord(z.enum(companyFieldNames), z.string()),
  state: z.enum(states).optional(),
  /** The update whose press made it: any other comes too late. */
  usedBy: z.number().optional(),
});
export type CompanyDraft = z.infer<typeof draftShape>;

/** Keep what is to be made; a draft before is forgotten. */
export async function keepDraft(ctx: StaffContext, draft: CompanyDraft): Promise<void> {
  await ctx.staff.db.sessions.replaceOne({ _id: idOf(ctx) }, { value: draft }, { upsert: true });
}

/** Make it; one that is there already, or looks like it, is shown instead. */
export async function addCompany(
  ctx: StaffContext,
  { id, set, state }: CompanyDraft,
  anyway = false,
): Promise<void> {
  const { companies } = ctx.staff;
  const given: CompanyChange = set;
  const more = { ...(state && { state }), ...(anyway && { anyway }) };
  const { _id: by } = ctx.member;
  const decision = await companies.add({ id, by, owner: by, type: 'addCompany', set: given, ...more });
  if (decision.ok) {
    await closePrompt(ctx);
    return showNew(ctx, decision.company, 'company.said.added');
  }
  if (!decision.similar) return refusedCompany(ctx, decision);
  await toast(ctx);
  await closePrompt(ctx);
  await keepDraft(ctx, { id, set, ...(state && { state }) });
  await showSimilar(ctx, decision.similar, decision.code === 'innTaken' ? undefined : id);
}

/** The press on "add": the draft it was drawn for, unless another has taken its place. */
export async function addDraft(ctx: StaffContext, id: string, anyway: boolean): Promise<void> {
  const row = await ctx.staff.db.sessions.findOne({ _id: idOf(ctx) });
  const draft = draftShape.safeParse(row?.value);
  const update = ctx.update.update_id;
  const mine = draft.success && draftKey(draft.data) === id && (draft.data.usedBy ?? update) === update;
  if (!mine) return toast(ctx, 'staff.toast.stale', undefined, true);
  await ctx.staff.db.sessions.updateOne({ _id: idOf(ctx) }, { $set: { 'value.usedBy': update } });
  await toast(ctx);
  await addCompany(ctx, draft.data, anyway);
}

/** How buttons name a draft. */
export function draftKey({ id }: Pick<CompanyDraft, 'id'>): string {
  return id.split(':').at(-1) ?? '';
}

/** Those that are there already; the new one can be made all the same, unless it has the INN of one of them. */
async function showSimilar(ctx: StaffContext, ids: string[], draft: string | undefined): Promise<void> {
  const found = await ctx.staff.db.companies.find({ _id: { $in: ids } }).toArray();
  const said = voice(ctx);
  await send(ctx, {
    text: said.text(draft === undefined ? 'company.said.innTaken' : 'company.said.similar'),
    buttons: [
      ...found.map((one) => [companyButton(one)]),
      ...(draft === undefined
        ? []
        : [
            [
              said.button('company.button.anyway', `co:anyway:${draftKey({ id: draft })}`, {
                style: 'danger',
              }),
            ],
          ]),
    ],
  });
}

/** A new message: what was done, and the company. */
export async function showNew(ctx: StaffContext, company: Company, key: string): Promise<void> {
  const drawn = await drawCompany(ctx.staff, ctx.member, company);
  await send(ctx, { ...drawn, text: `${voice(ctx).text(key)}\n\n${drawn.text}` });
}

/** Somebody is there already under this INN: they are shown. @returns whether one was */
export async function showOwnerOf(ctx: StaffContext, inn: string): Promise<boolean> {
  const known = await ctx.staff.db.companies.findOne({ 'fields.inn': inn });
  if (!known) return false;
  await closePrompt(ctx);
  await showNew(ctx, known, 'company.said.there');
  return true;
}

function idOf(ctx: StaffContext): string {
  return `company:${chatId(ctx)}`;
}
