import { type Money, parseMoney } from '../costs/parseMoney.ts';
import type { Lexicon } from '../facts.ts';
import { isThousand } from '../isThousand.ts';

/**
 * A price as people type it: "150 000 rub", "180 thousand", "$2k". A share of something is no price: "20%" is
 * undefined, as is what is no amount.
 */
export function readPrice(text: string, lexicons: readonly Lexicon[]): Omit<Money, 'rest'> | undefined {
  if (text.includes('%')) return undefined;
  const money = parseMoney(text, lexicons);
  if (!money) return undefined;
  const [word = '', ...others] = money.rest.split(/\s+/);
  if (!isThousand(word, lexicons)) return amountOf(money);
  const more = parseMoney(`${money.amount * 1_000} ${others.join(' ')}`, lexicons);
  return more && amountOf({ ...more, ...(money.currency && { currency: money.currency }) });
}

function amountOf({ amount, currency }: Money): Omit<Money, 'rest'> {
  return { amount, ...(currency && { currency }) };
}
