import { personName } from '../../flows/personName.ts';
import { named } from '../../flows/named.ts';
import { movesOf } from '../../flows/pipelines/specOf.ts';
import { perform, refused, theApplication } from '../act.ts';
import { findApplication } from '../findApplication.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { say, toast } from '../reply.ts';
import { showCard, type SubMenu } from '../showCard.ts';
import { inRows } from '../speech.ts';
import type { StaffContext } from '../staffContext.ts';
import { actAndShow } from './cardActs.ts';
import type { CardHandlers } from './cardHandler.ts';

/** Ready-made reasons of the blacklist, by the locale's key. */
const blackReasons = ['noShow', 'rude', 'documents', 'drunk'];

/** Refusing and blacklisting: a reason from the list, then words of one's own, then evidence. */
export const refusalActs: CardHandlers = {
  refuse: async (ctx, id) => {
    await toast(ctx);
    await showCard(ctx, id, reasons(ctx.staff.policy.refusal.reasons));
  },
  reason: async (ctx, id, index = '') => {
    const reason = ctx.staff.policy.refusal.reasons[Number(index)];
    await toast(ctx);
    if (reason === undefined) return void (await showCard(ctx, id));
    const card = ctx.callbackQuery?.message?.message_id ?? 0;
    if (await showCard(ctx, id, explain(index, reason)))
      await openPrompt(ctx, { kind: 'refuse', application: id, reason, card });
  },
  refuseNow: async (ctx, id, index = '') => {
    const reason = ctx.staff.policy.refusal.reasons[Number(index)] ?? '';
    if (await isRefused(ctx, id)) return toast(ctx, 'staff.toast.refuse');
    await closePrompt(ctx);
    if (await actAndShow(ctx, id, { type: 'refuse', reason }, 'refuse')) await afterRefusal(ctx, id);
  },
  blacklist: async (ctx, id) => {
    const card = ctx.callbackQuery?.message?.message_id ?? 0;
    await toast(ctx);
    if (await showCard(ctx, id, blackMenu))
      await openPrompt(ctx, { kind: 'blacklist', application: id, card });
  },
  black: async (ctx, id, index = '') => {
    const { words, policy } = ctx.staff;
    const key = `staff.blackReason.${blackReasons[Number(index)] ?? 'rude'}`;
    await closePrompt(ctx);
    const reason = words.label({ lang: policy.lang, zone: policy.zone }, { key });
    await actAndShow(ctx, id, { type: 'blacklist', reason }, 'blacklist');
  },
  fitsNot: async (ctx, id) => {
    await toast(ctx);
    await showCard(ctx, id, reasons(ctx.staff.policy.refusal.reasons, true));
  },
};

/** Did this member refuse it a moment ago? A second tap says what the first one did. */
async function isRefused(ctx: StaffContext, id: string): Promise<boolean> {
  const found = await findApplication(ctx.staff.db, id);
  return found?.application.stage === 'refused' && found.application.refusal?.by === ctx.member._id;
}

/** The words a member wrote for a refusal or the blacklist. */
export async function writtenReason(
  ctx: StaffContext,
  prompt: Extract<Prompt, { kind: 'refuse' | 'blacklist' }>,
  text: string,
): Promise<void> {
  const { application: id, card } = prompt;
  const found = await theApplication(ctx, id);
  if (!found) return;
  const order =
    prompt.kind === 'refuse'
      ? { type: 'refuse' as const, reason: prompt.reason, text: text.slice(0, 1000) }
      : { type: 'blacklist' as const, reason: text.slice(0, 300) };
  const decision = await perform(ctx, found, order);
  await showCard(ctx, id, undefined, card);
  if (!decision.ok) await refused(ctx, found, decision);
  else if (prompt.kind === 'blacklist') await say(ctx, 'staff.said.blacklisted');
  await closePrompt(ctx);
  if (decision.ok && prompt.kind === 'refuse') await afterRefusal(ctx, id);
}

/** When the message leaves, that it can be undone, and that a file may follow. */
async function afterRefusal(ctx: StaffContext, id: string): Promise<void> {
  const found = await theApplication(ctx, id);
  const refusal = found?.application.refusal;
  if (!refusal) return;
  const when = { at: refusal.messageAt ?? ctx.staff.clock.now(), as: 'dateTime' as const };
  const hours = ctx.staff.policy.refusal.messageHours;
  await say(ctx, 'staff.said.refused', { when, hours, name: personName(found.candidate) });
  await openPrompt(ctx, { kind: 'evidence', application: id });
}

/** What may be done instead stands under the reasons: the blacklist, and the reserve where that was asked for. */
function reasons(codes: string[], alsoReserve = false): SubMenu {
  return ({ speech, application, pipelines }) => {
    const { id } = application;
    const moves = movesOf(pipelines, application);
    const instead = [
      ...(alsoReserve ? [speech.button('staff.button.reserve', `s:reserve:${id}`)] : []),
      ...(moves.includes('blacklist')
        ? [speech.button('staff.button.blacklist', `s:blacklist:${id}`, { style: 'danger' })]
        : []),
    ];
    const labels = codes.map((code, index) => ({
      label: speech.label(named('staff.reason', code)),
      data: `s:reason:${id}:${index}`,
    }));
    return {
      question: speech.text('staff.ask.reason'),
      rows: [...inRows(labels, 2), ...(instead.length > 0 ? [instead] : [])],
    };
  };
}

function explain(index: string, reason: string): SubMenu {
  return ({ speech, application }) => ({
    question: speech.text('staff.ask.refusalText', { reason: named('staff.reason', reason) }),
    rows: [
      [
        speech.button('staff.button.refuseNow', `s:refuseNow:${application.id}:${index}`, {
          style: 'danger',
        }),
      ],
    ],
  });
}

const blackMenu: SubMenu = ({ speech, application }) => ({
  question: speech.text('staff.ask.blacklist'),
  rows: blackReasons.map((code, index) => [
    speech.button(`staff.blackReason.${code}`, `s:black:${application.id}:${index}`, { style: 'danger' }),
  ]),
});
