import { DateTime } from 'luxon';
import { isLink } from '../../flows/isLink.ts';
import { parseDate } from '../../flows/dialogs/parseDate.ts';
import { fieldKind, fieldName, missingLines } from '../../flows/pipelines/fieldName.ts';
import { type FieldId, isField, missingFields } from '../../flows/pipelines/fields.ts';
import { specOf } from '../../flows/pipelines/specOf.ts';
import { perform, refused, theApplication } from '../act.ts';
import { closePrompt, openPrompt, type Prompt } from '../prompt.ts';
import { say, toast } from '../reply.ts';
import { showCard, type SubMenu } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import type { CardFacts } from '../views/cardFacts.ts';
import { actAndShow } from './cardActs.ts';
import type { CardHandlers } from './cardHandler.ts';
import { ofContract, takeRow } from './hireActs.ts';

/** Results of a stage, and what has to be known before one can be given. */
export const outcomeActs: CardHandlers = {
  outcome: async (ctx, id, outcome = '') => {
    const found = await theApplication(ctx, id);
    if (!found) return;
    const { application, pipelines } = found;
    const needs = specOf(pipelines, application).outcomes.find((one) => one.id === outcome)?.needs ?? [];
    if (missingFields(application, needs).length === 0)
      return void (await actAndShow(ctx, id, { type: 'outcome', outcome }, 'moved'));
    await toast(ctx, 'staff.toast.missing');
    await showCard(ctx, id, missingMenu(needs));
  },
  fill: async (ctx, id, ...rest) => {
    const field = rest.join(':');
    if (!isField(field)) return void (await showCard(ctx, id));
    if (field === 'clientDecision') {
      await toast(ctx);
      return void (await showCard(ctx, id, decisionMenu));
    }
    const found = await theApplication(ctx, id);
    if (!found) return;
    await toast(ctx);
    const card = ctx.callbackQuery?.message?.message_id ?? 0;
    await openPrompt(ctx, { kind: 'field', application: id, field, card });
    const { pipelines, application } = found;
    const kind = fieldKind(pipelines, application, field) ?? 'text';
    await say(ctx, `pipeline.ask.${kind}`, { field: fieldName(pipelines, application, field) });
  },
  decided: async (ctx, id, value = '') => {
    await actAndShow(ctx, id, { type: 'setField', field: 'clientDecision', value }, 'moved');
  },
};

/** The value of a field that a member typed. */
export async function typedField(
  ctx: StaffContext,
  { application: id, field, card }: Extract<Prompt, { kind: 'field' }>,
  text: string,
): Promise<void> {
  const found = await theApplication(ctx, id);
  if (!found || !isField(field)) return;
  const kind = fieldKind(found.pipelines, found.application, field);
  const value = readField(ctx, kind, text);
  if (value === undefined) return void (await say(ctx, `pipeline.bad.${kind ?? 'text'}`));
  const decision = await perform(ctx, found, { type: 'setField', field, value });
  if (!decision.ok) return refused(ctx, found, decision);
  await closePrompt(ctx);
  await showCard(ctx, id, undefined, card || 'new');
}

/** A value of a kind as typed; undefined when it is none. */
export function readField(
  ctx: StaffContext,
  kind: string | undefined,
  text: string,
): string | number | undefined {
  if (kind === 'number') {
    const digits = /^-?\d[\d\s\u00a0]*([.,]\d+)?/.exec(text.trim())?.[0];
    return digits === undefined ? undefined : Number(digits.replaceAll(/[\s\u00a0]/g, '').replace(',', '.'));
  }
  if (kind === 'date') {
    const { clock, words } = ctx.staff;
    const { zone } = ctx.member;
    const day = Object.values(words.lexicon)
      .map((lexicon) => parseDate(text, clock.now(), zone, lexicon))
      .find((found) => found !== undefined);
    return day && DateTime.fromISO(day.toISODate() ?? '', { zone }).toMillis();
  }
  if (kind === 'link') return isLink(text.trim()) ? text.trim() : undefined;
  return text.trim() || undefined;
}

/** What is missing, each with the button that fills it. */
function missingMenu(needs: readonly FieldId[]): SubMenu {
  return (facts) => missingRows(facts, missingFields(facts.application, needs));
}

/** The fields by name, and a button for each. */
export function missingRows(facts: CardFacts, missing: readonly FieldId[]) {
  const { speech, application, pipelines } = facts;
  const wanted = ofContract(facts).some(({ field }) => missing.includes(field));
  return {
    question: speech.text('refusal.missing', { fields: missingLines(pipelines, application, missing) }),
    rows: [
      ...(wanted ? takeRow(facts) : []),
      ...missing.map((field) => [
        speech.button('pipeline.fill', fillData(application.id, field, application.stage), {
          params: { field: fieldName(pipelines, application, field) },
        }),
      ]),
    ],
  };
}

/** Some fields have a way of their own on the card. */
function fillData(id: string, field: FieldId, stage: string): string {
  if (field === 'interview') return `s:${stage === 'agreeing' ? 'agree' : 'when'}:${id}`;
  if (field === 'attendance') return `s:back:${id}`;
  return `s:fill:${id}:${field}`;
}

const decisionMenu: SubMenu = ({ speech, application }) => ({
  question: speech.text('pipeline.ask.choice'),
  rows: [
    [
      speech.button('pipeline.outcome.approved', `s:decided:${application.id}:approved`, {
        style: 'success',
      }),
      speech.button('pipeline.outcome.clientRefused', `s:decided:${application.id}:refused`, {
        style: 'danger',
      }),
    ],
  ],
});
