import type { Params } from '../effect.ts';

/** What is wrong with what was given; the words are `company.fault.<code>`. */
export interface Fault {
  code: FaultCode;
  params?: Params;
}

export const faultCodes = [
  'empty',
  'tooLong',
  'innCount',
  'innNone',
  'checkDigit',
  'ogrnCount',
  'kpp',
  'bik',
  'accountCount',
  'accountBik',
  'correspondentBik',
  'website',
  'day',
  'untilBefore',
  'link',
  'price',
] as const;
export type FaultCode = (typeof faultCodes)[number];

export type Read = { ok: true; value: string } | { ok: false; fault: Fault };

/** INN (10 digits of a company, 12 of a person): the weights of its last digits, as the tax service defines them. */
const first = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/**
 * A taxpayer's number as people type it, with spaces or the word before it. Its check digits are computed here,
 * without asking anybody: a slip of the pen is found, and the digit is named.
 */
export function readInn(text: string): Read {
  const digits = digitsOf(text);
  if (digits.length !== 10 && digits.length !== 12)
    return { ok: false, fault: { code: 'innCount', params: { count: digits.length } } };
  if (digits.startsWith('00')) return { ok: false, fault: { code: 'innNone' } };
  const places = digits.length === 10 ? [10] : [11, 12];
  for (const place of places) {
    const weights = first.slice(first.length - (place - 1));
    const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
    const fault = checkDigit(digits, place, (sum % 11) % 10);
    if (fault) return { ok: false, fault };
  }
  return { ok: true, value: digits };
}

/** The register's number: 13 digits of a company, 15 of a sole trader; the last one is checked. */
export function readOgrn(text: string): Read {
  const digits = digitsOf(text);
  if (digits.length !== 13 && digits.length !== 15)
    return { ok: false, fault: { code: 'ogrnCount', params: { count: digits.length } } };
  const rest = Number(BigInt(digits.slice(0, -1)) % BigInt(digits.length - 2));
  const fault = checkDigit(digits, digits.length, rest % 10);
  return fault ? { ok: false, fault } : { ok: true, value: digits };
}

/** The digits of what was typed, and nothing else. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

function checkDigit(digits: string, place: number, wanted: number): Fault | undefined {
  const is = Number(digits[place - 1]);
  return is === wanted ? undefined : { code: 'checkDigit', params: { place, is, wanted } };
}
