import type { CardFacts } from './cardFacts.ts';

/** On what terms somebody starts: the day, the price, the contract. Nothing while none of it is known. */
export function hireLines({ speech, application: { fields = {} } }: CardFacts): string[] {
  const { startDate, price, currency, contract } = fields;
  return [
    ...(startDate
      ? [speech.text('costs.card.start', { day: { at: Number(startDate.value), as: 'date' } })]
      : []),
    ...(price
      ? [speech.text('costs.card.price', { price: price.value, currency: currency?.value ?? '' })]
      : []),
    ...(contract ? [speech.text('costs.card.contract', { link: contract.value })] : []),
  ];
}
