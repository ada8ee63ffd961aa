import { isCompanyField, specOfField } from '../../flows/companies/companyFields.ts';
import { readInn } from '../../flows/companies/readCode.ts';
import { readRequisites } from '../../flows/companies/readRequisites.ts';
import { addCompany, showNew, showOwnerOf } from '../companies/addCompany.ts';
import { proposeByInn } from '../companies/lookUp.ts';
import { performCompany } from '../companies/performCompany.ts';
import { closePrompt, type Prompt } from '../prompt.ts';
import { say, send, voice } from '../reply.ts';
import { keepSearch } from '../search.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawCompanies } from '../views/companyList.ts';
import { drawFields } from '../views/companyParts.ts';

type Of<K extends Prompt['kind']> = Extract<Prompt, { kind: K }>;

/** What is looked for, by name or INN. */
export async function typedCompanySearch(
  ctx: StaffContext,
  _: Of<'companyFind'>,
  text: string,
): Promise<void> {
  const search = await keepSearch(ctx, text.trim());
  await closePrompt(ctx);
  await send(ctx, await drawCompanies(ctx.staff, ctx.member, search, 0));
}

/** A new company, by its INN or by its name. */
export async function typedCompany(ctx: StaffContext, _: Of<'companyNew'>, text: string): Promise<void> {
  if (!looksLikeInn(text)) return addCompany(ctx, { id: eventId(ctx), set: { name: text } });
  const inn = readInn(text);
  if (!inn.ok)
    return void (await say(ctx, `company.fault.${inn.fault.code}`, {
      ...inn.fault.params,
      field: { key: 'company.field.inn' },
    }));
  if (await showOwnerOf(ctx, inn.value)) return;
  await proposeByInn(ctx, inn.value);
}

/** Its name, when only the INN is known. */
export async function typedCompanyName(
  ctx: StaffContext,
  { inn }: Of<'companyName'>,
  text: string,
): Promise<void> {
  // Another number instead of a name: they have found the slip themselves.
  if (looksLikeInn(text)) return typedCompany(ctx, { kind: 'companyNew' }, text);
  await addCompany(ctx, { id: eventId(ctx), set: { name: text, inn } });
}

/** One value; a dash takes it off. */
export async function typedCompanyField(
  ctx: StaffContext,
  { company: id, field }: Of<'companyField'>,
  text: string,
): Promise<void> {
  if (!isCompanyField(field)) return;
  const value = /^[-–—]$/.test(text.trim()) ? null : text;
  const decision = await performCompany(ctx, id, { type: 'changeCompany', set: { [field]: value } });
  if (!decision.ok) return;
  await closePrompt(ctx);
  await showFields(ctx, decision.company, specOfField(field).part, 'company.said.saved');
}

/** Requisites as they stand in a letter: what is recognised is put down at once, all or nothing. */
export async function typedRequisites(
  ctx: StaffContext,
  { company: id }: Of<'companyPaste'>,
  text: string,
): Promise<void> {
  const words = Object.values(ctx.staff.words.lexicon).map(({ company }) => company);
  const { found, doubtful } = readRequisites(text.slice(0, 4000), words);
  if (Object.keys(found).length === 0) return void (await say(ctx, 'company.said.nothingRead'));
  const own = (await ctx.staff.db.companies.findOne({ _id: id }))?.fields.inn;
  if (own !== undefined && found.inn !== undefined && found.inn !== own)
    return void (await say(ctx, 'company.said.otherInn', { inn: own, other: found.inn }));
  const decision = await performCompany(ctx, id, { type: 'changeCompany', set: found });
  if (!decision.ok) return;
  await closePrompt(ctx);
  const doubt = doubtful.length > 0 ? 'company.said.savedWithDoubt' : 'company.said.saved';
  await showFields(ctx, decision.company, 'bank', doubt, { numbers: doubtful.slice(0, 5).join(', ') });
}

export async function typedCompanyNote(
  ctx: StaffContext,
  { company: id }: Of<'companyNote'>,
  text: string,
): Promise<void> {
  const decision = await performCompany(ctx, id, { type: 'noteCompany', text });
  if (!decision.ok) return;
  await closePrompt(ctx);
  await showNew(ctx, decision.company, 'company.said.saved');
}

/** Mostly digits, perhaps with a word before them: a number, and not a name. */
function looksLikeInn(text: string): boolean {
  return /^\s*(\p{L}{1,4}[\s:.№]*)?[\d\s\u00a0–-]+$/u.test(text) && text.replaceAll(/\D/g, '').length >= 7;
}

async function showFields(
  ctx: StaffContext,
  company: Parameters<typeof drawFields>[1],
  part: 'main' | 'bank',
  key: string,
  params?: Parameters<typeof say>[2],
): Promise<void> {
  const said = voice(ctx);
  const drawn = drawFields(said, company, part);
  await send(ctx, { ...drawn, text: `${said.text(key, params)}\n\n${drawn.text}` });
}
