import type { Stage } from '../../flows/pipelines/stages.ts';
import { fillsPlace } from '../../flows/places/fillsPlace.ts';
import type { CardFacts } from './cardFacts.ts';
import { money } from './costViews.ts';

/** The stages at which somebody is being hired, or is. */
const hiring: ReadonlySet<Stage> = new Set<Stage>(['offer', 'training', 'starting']);

/**
 * On what terms somebody starts: the day, the price, the contract; the company's, as long as there is none of their
 * own. Nothing while none of it is known.
 */
export function hireLines(facts: CardFacts): string[] {
  const { speech, application } = facts;
  const { fields = {}, stage } = application;
  const { startDate, price, currency, contract } = fields;
  const isHire = startDate !== undefined || hiring.has(stage) || fillsPlace(stage);
  return [
    ...(startDate
      ? [speech.text('costs.card.start', { day: { at: Number(startDate.value), as: 'date' } })]
      : []),
    ...(price
      ? [speech.text('costs.card.price', { price: price.value, currency: currency?.value ?? '' })]
      : []),
    ...(contract ? [speech.text('costs.card.contract', { link: contract.value })] : []),
    ...(!contract && isHire ? companyContract(facts) : []),
  ];
}

function companyContract({ speech, contract, application: { fields } }: CardFacts): string[] {
  if (!contract) return [];
  const priced = fields?.price === undefined && contract.price !== undefined;
  const price = priced ? { price: money(speech, contract.price ?? 0, contract.currency ?? '') } : undefined;
  return [
    speech.text('company.hire.contract', {
      number: contract.number,
      price: price ? { key: 'company.hire.price', params: price } : '',
    }),
  ];
}
