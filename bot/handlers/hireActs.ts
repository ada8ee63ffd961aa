import { fieldName } from '../../flows/pipelines/fieldName.ts';
import type { FieldId } from '../../flows/pipelines/fields.ts';
import type { RenderedButton } from '../../runtime/words.ts';
import { perform, refused } from '../act.ts';
import { toast } from '../reply.ts';
import { showCard } from '../showCard.ts';
import type { CardFacts } from '../views/cardFacts.ts';
import { readCard } from '../views/makeCard.ts';
import type { CardHandlers } from './cardHandler.ts';

/** On what terms somebody is hired. */
const hireFields = ['startDate', 'price', 'currency', 'contract'] as const;

interface Term {
  field: FieldId;
  value: string | number;
}

/** The terms of a hire: each by typing, or at once as the company's contract has them. */
export const hireActs: CardHandlers = {
  hire: async (ctx, id) => {
    await toast(ctx);
    await showCard(ctx, id, (facts) => ({
      question: facts.speech.text('costs.askHire'),
      rows: [
        ...takeRow(facts),
        ...hireFields.map((field) => [
          facts.speech.button('pipeline.fill', `s:fill:${id}:${field}`, {
            params: { field: fieldName(facts.pipelines, facts.application, field) },
          }),
        ]),
      ],
    }));
  },
  fromContract: async (ctx, id) => {
    const facts = await readCard(ctx.staff, ctx.member, id);
    if (!facts) return;
    const terms = ofContract(facts);
    for (const { field, value } of terms) {
      const decision = await perform(ctx, facts, { type: 'setField', field, value }, field);
      if (!decision.ok) return refused(ctx, facts, decision);
    }
    await toast(ctx, terms.length > 0 ? 'company.toast.taken' : 'staff.toast.stale');
    await showCard(ctx, id);
  },
};

/** What the company's contract says and the hire does not yet. A price and its currency come together. */
export function ofContract({ contract, application: { fields = {} } }: CardFacts): Term[] {
  const { link, price, currency } = contract ?? {};
  const terms: Term[] = [];
  if (link !== undefined && !fields.contract) terms.push({ field: 'contract', value: link });
  if (price !== undefined && currency !== undefined && !fields.price)
    terms.push({ field: 'price', value: price }, { field: 'currency', value: currency });
  return terms;
}

/** One press instead of typing what stands in the company's contract; none when there is nothing to take. */
export function takeRow(facts: CardFacts): RenderedButton[][] {
  const { speech, application, contract } = facts;
  if (!contract || ofContract(facts).length === 0) return [];
  const params = { number: contract.number.slice(0, 30) };
  const data = `s:fromContract:${application.id}`;
  return [[speech.button('company.hire.take', data, { params, style: 'primary' })]];
}
