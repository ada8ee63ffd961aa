import type { Lexicon } from '../facts.ts';
import { isThousand } from '../isThousand.ts';
import { alike, tokens } from './tokens.ts';

/** What is a month's pay, and not an hour's, a house number or a telephone. */
const [leastPay, mostPay] = [10_000, 2_000_000];

/** The sums of a month's pay that a text names, in roubles: "75 000 – 90 000", "from 80 thousand". */
export function payIn(text: string, lexicon: Lexicon[]): number[] {
  const found = text
    .toLowerCase()
    .matchAll(/(\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:[.,]\d+)?)[ \u00a0]*(\p{L}*)/gu);
  return [...found]
    .map(([, digits = '', word = '']) => {
      const value = Number(digits.replaceAll(/[ \u00a0]/g, '').replace(',', '.'));
      return value < 1_000 && isThousand(word, lexicon) ? value * 1_000 : value;
    })
    .filter((value) => value >= leastPay && value <= mostPay);
}

/** The ways of working that a text names: "2/2", shifts of weeks, nights. */
export function schedulesIn(text: string, lexicon: Lexicon[]): string[] {
  const said = text.toLowerCase().replaceAll('\u0451', '\u0435');
  const named = lexicon.flatMap(({ match }) => match.schedules);
  return [
    ...new Set([
      ...[...said.matchAll(/(?<!\d)[1-7]\/[1-7](?!\d)/g)].map(([days]) => days),
      ...named.filter((forms) => forms.some((form) => said.includes(form))).flatMap(([first]) => first ?? []),
    ]),
  ];
}

/** The words of a person's terms that stand in an address, too: a district, a street, a station. */
export function placesIn(terms: string, address: string, lexicon: Lexicon[]): string[] {
  const common = lexicon.flatMap(({ match }) => match.common);
  const there = tokens(address).filter((word) => !common.includes(word));
  return tokens(terms).filter((word) => there.some((one) => alike(one, word)));
}
