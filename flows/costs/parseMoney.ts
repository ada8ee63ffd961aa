import type { Lexicon } from '../facts.ts';

/** An amount as people write it, and what else was said. `currency` unset: none was named. */
export interface Money {
  amount: number;
  currency?: string;
  rest: string;
}

/**
 * "12 000 rub for the ad", "1500 USD", "$99.90": an amount, the currency by its sign, word or code, and the words
 * after it. Undefined when it does not begin with an amount.
 */
export function parseMoney(text: string, lexicons: readonly Lexicon[]): Money | undefined {
  const said = text.trim().replace(/\u00a0/g, ' ');
  const match =
    /^(\p{Sc})?\s*(\d{1,3}(?: \d{3})+|\d{1,12})(?:[.,](\d{1,2}))?(?!\d)\s*(\S*)\s*([\s\S]*)$/u.exec(said);
  if (!match) return undefined;
  const [, sign, whole = '', cents = '', next = '', rest = ''] = match;
  const amount = Number(`${whole.replaceAll(' ', '')}.${cents || '0'}`);
  const currency = currencyOf(sign, lexicons);
  if (currency) return { amount, currency, rest: `${next} ${rest}`.trim() };
  const named = currencyOf(next, lexicons);
  return named ? { amount, currency: named, rest: rest.trim() } : { amount, rest: `${next} ${rest}`.trim() };
}

function currencyOf(token: string | undefined, lexicons: readonly Lexicon[]): string | undefined {
  const said = token?.toLowerCase().replace(/[.,]+$/, '');
  if (!said) return undefined;
  for (const { currencies } of lexicons)
    for (const [code, words] of Object.entries(currencies)) if (words.includes(said)) return code;
  return undefined;
}
