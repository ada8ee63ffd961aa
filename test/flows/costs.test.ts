import { describe, expect, test } from 'vitest';
import { type Cost, summarizeCosts } from '../../flows/costs/costs.ts';
import { parseMoney } from '../../flows/costs/parseMoney.ts';
import type { Stage } from '../../flows/pipelines/stages.ts';
import { words } from './factory.ts';

const lexicons = Object.values(words.lexicon);

describe('money as people write it', () => {
  test.each([
    ['12 000 hh, размещение', { amount: 12_000, rest: 'hh, размещение' }],
    ['12000', { amount: 12_000, rest: '' }],
    ['12 000 ₽ Авито', { amount: 12_000, currency: 'RUB', rest: 'Авито' }],
    ['5000р. листовки', { amount: 5_000, currency: 'RUB', rest: 'листовки' }],
    ['99.90 USD таргет', { amount: 99.9, currency: 'USD', rest: 'таргет' }],
    ['99,9 евро', { amount: 99.9, currency: 'EUR', rest: '' }],
    ['$1500', { amount: 1_500, currency: 'USD', rest: '' }],
    ['1500 долларов реклама в канале', { amount: 1_500, currency: 'USD', rest: 'реклама в канале' }],
  ])('[A-23] «%s»', (text, money) => {
    expect(parseMoney(text, lexicons)).toEqual(money);
  });

  test.each(['много', 'hh 12000', '', '-5', '12345678901234'])('[A-23] «%s» is no amount', (text) => {
    expect(parseMoney(text, lexicons)).toBeUndefined();
  });
});

describe('what a vacancy cost', () => {
  const cost = (amount: number, more: Partial<Cost> = {}): Cost => ({
    id: String(amount),
    at: 0,
    by: 'head',
    amount,
    currency: 'RUB',
    what: '',
    ...more,
  });
  const hire = (stage: Stage, source: string, price?: number, currency?: string) => ({
    stage,
    source,
    fields: {
      ...(price && { price: { value: price, by: 'head', at: 0 } }),
      ...(currency && { currency: { value: currency, by: 'head', at: 0 } }),
    },
  });

  test('[A-23] by currency and by source, with the cost of one hire and what was agreed for it', () => {
    const costs = [
      cost(12_000, { source: 'hh' }),
      cost(3_000, { source: 'avito' }),
      cost(1_000),
      cost(50, { currency: 'USD' }),
    ];
    const people = [hire('work', 'hh', 90_000), hire('hired', 'hh', 500, 'USD'), hire('review', 'avito', 1)];
    expect(summarizeCosts(costs, people, 'RUB')).toEqual([
      {
        currency: 'RUB',
        spent: 16_000,
        income: 90_000,
        hires: 2,
        perHire: 8_000,
        sources: [
          { source: 'hh', spent: 12_000, hires: 2, perHire: 6_000 },
          { source: 'avito', spent: 3_000, hires: 0 },
        ],
      },
      { currency: 'USD', spent: 50, income: 500, hires: 2, perHire: 25, sources: [] },
    ]);
  });

  test('[A-23] nobody works yet: what was spent, and no cost of a hire', () => {
    const [sum] = summarizeCosts([cost(100)], [], 'RUB');
    expect(sum).toEqual({ currency: 'RUB', spent: 100, income: 0, hires: 0, sources: [] });
    expect(summarizeCosts([], [], 'RUB')).toEqual([]);
  });
});
