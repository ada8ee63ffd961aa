import type { Company } from '../../flows/companies/company.ts';
import type { FoundCompany } from '../../runtime/companyLookup.ts';
import { closePrompt, openPrompt } from '../prompt.ts';
import { askReply, send, toast, voice } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { draftKey, keepDraft, showNew } from './addCompany.ts';
import { performCompany } from './performCompany.ts';

/** A new company by its INN: as the register has it, to be looked at first; else its name is asked for. */
export async function proposeByInn(ctx: StaffContext, inn: string): Promise<void> {
  const looked = await ctx.staff.companyLookup?.(inn);
  if (!looked?.ok) {
    await openPrompt(ctx, { kind: 'companyName', inn });
    return void (await askReply(ctx, `company.look.${looked?.why ?? 'byHand'}`, { inn }));
  }
  const { set, state } = looked.found;
  const draft = { id: eventId(ctx), set: { ...set, inn }, ...(state && { state }) };
  await keepDraft(ctx, draft);
  await closePrompt(ctx);
  await showFound(ctx, draftKey(draft), looked.found);
}

async function showFound(ctx: StaffContext, key: string, { set, state }: FoundCompany): Promise<void> {
  const said = voice(ctx);
  const line = (field: 'kpp' | 'ogrn' | 'legalAddress') =>
    set[field]
      ? [said.text('company.line', { field: { key: `company.field.${field}` }, value: set[field] })]
      : [];
  const works = state === undefined || state === 'active';
  await send(ctx, {
    text: [
      said.text('company.look.found', { name: set.name ?? set.shortName ?? '—' }),
      [...line('kpp'), ...line('ogrn'), ...line('legalAddress')].join('\n'),
      ...(state === undefined
        ? []
        : [
            said.text(works ? 'company.look.works' : 'company.look.careful', {
              state: { key: `company.state.${state}` },
            }),
          ]),
    ]
      .filter(Boolean)
      .join('\n\n'),
    buttons: [
      [
        works
          ? said.button('company.button.make', `co:make:${key}`, { style: 'success' })
          : said.button('company.button.makeAnyway', `co:make:${key}`, { style: 'danger' }),
      ],
      [said.button('company.button.otherInn', 'co:new')],
    ],
  });
}

/** Ask the register anew: its state, KPP, OGRN and address are taken over, a name only where there is none in short. */
export async function checkByInn(ctx: StaffContext, { _id, fields }: Company): Promise<void> {
  const looked = fields.inn === undefined ? undefined : await ctx.staff.companyLookup?.(fields.inn);
  if (!looked?.ok) return toast(ctx, `company.look.toast.${looked?.why ?? 'noInn'}`, undefined, true);
  const { kpp, ogrn, legalAddress, shortName } = looked.found.set;
  const set = {
    ...(kpp && { kpp }),
    ...(ogrn && { ogrn }),
    ...(legalAddress && { legalAddress }),
    ...(shortName && fields.shortName === undefined && { shortName }),
  };
  const { state } = looked.found;
  const decision = await performCompany(ctx, _id, { type: 'changeCompany', set, ...(state && { state }) });
  if (!decision.ok) return;
  await toast(ctx);
  await showNew(ctx, decision.company, 'company.look.checked');
}
