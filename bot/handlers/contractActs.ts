import type { Company } from '../../flows/companies/company.ts';
import type { ContractChange, ContractField } from '../../flows/companies/companyCommand.ts';
import { readPrice } from '../../flows/companies/readPrice.ts';
import { dayOf } from '../../flows/dayOf.ts';
import { parseDate } from '../../flows/dialogs/parseDate.ts';
import { lexiconsFor } from '../../flows/lexiconsFor.ts';
import { performCompany } from '../companies/performCompany.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { askReply, redraw, say, send, toast, voice } from '../reply.ts';
import type { StaffContext } from '../staffContext.ts';
import { contractFields, drawContract, drawContracts } from '../views/contractViews.ts';

type Act = (ctx: StaffContext, company: Company, ...rest: string[]) => Promise<void>;

/** Contracts of a company: the list, one of them, and each part of it by typing. */
export const contractActs: Record<string, Act> = {
  contracts: async (ctx, company) => {
    await toast(ctx);
    await redraw(ctx, drawContracts(voice(ctx), company, today(ctx)));
  },
  contract: async (ctx, company, id) => {
    const contract = company.contracts.find((one) => one.id === id);
    if (!contract) return toast(ctx, 'refusal.noSuchContract', undefined, true);
    await toast(ctx);
    await redraw(ctx, drawContract(voice(ctx), company, contract, today(ctx)));
  },
  contractNew: async (ctx, { _id }) => {
    await toast(ctx);
    await openPrompt(ctx, { kind: 'contractNew', company: _id });
    await askReply(ctx, 'company.ask.contract');
  },
  cField: async (ctx, { _id, contracts }, id = '', name = '') => {
    const field = contractFields.find((one) => one === name);
    if (!field || !contracts.some((one) => one.id === id))
      return toast(ctx, 'refusal.noSuchContract', undefined, true);
    await toast(ctx);
    await openPrompt(ctx, { kind: 'contractField', company: _id, contract: id, field });
    await askReply(ctx, `company.ask.contractField.${field}`);
  },
  cDrop: async (ctx, company, id = '') => {
    const decision = await performCompany(ctx, company._id, { type: 'dropContract', contract: id });
    if (!decision.ok) return;
    await toast(ctx, 'company.toast.dropped');
    await redraw(ctx, drawContracts(voice(ctx), decision.company, today(ctx)));
  },
};

/** The number of a new contract, with its date if that was typed, too: "12/26 of 01.02.2026". */
export async function typedContract(
  ctx: StaffContext,
  { company: id }: Extract<Prompt, { kind: 'contractNew' }>,
  text: string,
): Promise<void> {
  const decision = await performCompany(ctx, id, { type: 'addContract', set: numberAndDate(text) });
  if (!decision.ok) return;
  await closePrompt(ctx);
  const contract = decision.company.contracts.at(-1);
  if (contract) await showContract(ctx, decision.company, contract.id);
}

/** One part of a contract; a dash takes it off. */
export async function typedContractField(
  ctx: StaffContext,
  { company: id, contract, field }: Extract<Prompt, { kind: 'contractField' }>,
  text: string,
): Promise<void> {
  const set = readPart(ctx, field, text);
  if (!set) return void (await say(ctx, `company.fault.${field === 'price' ? 'price' : 'day'}`));
  const decision = await performCompany(ctx, id, { type: 'changeContract', contract, set });
  if (!decision.ok) return;
  await closePrompt(ctx);
  await showContract(ctx, decision.company, contract);
}

function readPart(ctx: StaffContext, field: ContractField, text: string): ContractChange | undefined {
  const { words, clock, policy } = ctx.staff;
  if (/^[-–—]$/.test(text.trim()) && field !== 'number') return { [field]: null };
  const lexicons = lexiconsFor(words.lexicon, ctx.member.lang);
  if (field === 'price') {
    const money = readPrice(text, lexicons);
    return money && { price: { amount: money.amount, currency: money.currency ?? policy.currency } };
  }
  if (field !== 'date' && field !== 'until') return { [field]: text };
  const day = lexicons
    .map((lexicon) => parseDate(text, clock.now(), policy.zone, lexicon))
    .find((found) => found !== undefined);
  if (!day) return undefined;
  // "1 March" is the last one for a contract's date, the next one for its end.
  const ahead = field === 'date' && day.toMillis() > clock.now() && !hasYear(text);
  return { [field]: (ahead ? day.minus({ years: 1 }) : day).toISODate() ?? '' };
}

function hasYear(text: string): boolean {
  return /\d{4}|\d[./]\d{1,2}[./]\d{2}(?!\d)/.test(text);
}

/** A date with its year is the contract's; the word between it and the number goes. */
function numberAndDate(text: string): ContractChange {
  const found = /^(.*?)(?:\s+\p{L}{1,5}\.?)?[\s,]+(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/u.exec(text.trim());
  const [, number = '', day = '', month = '', year = ''] = found ?? [];
  const plain = (said: string) => said.replace(/^\D*[№#]\s*/u, '').trim() || said;
  if (!found || number === '') return { number: plain(text) };
  return { number: plain(number), date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` };
}

async function showContract(ctx: StaffContext, company: Company, id: string): Promise<void> {
  const contract = company.contracts.find((one) => one.id === id);
  if (!contract) return;
  const drawn = drawContract(voice(ctx), company, contract, today(ctx));
  await send(ctx, { ...drawn, text: `${voice(ctx).text('company.said.saved')}\n\n${drawn.text}` });
}

function today(ctx: StaffContext): string {
  return dayOf(ctx.staff.clock.now(), ctx.staff.policy.zone);
}
