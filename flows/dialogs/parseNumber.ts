import type { Lexicon } from '../facts.ts';
import { isThousand } from '../isThousand.ts';
import { numberOf, tokensOf } from '../moments/momentWords.ts';

/**
 * A typed amount: in digits ("110 000", "80 thousand"), in words ("twenty five"), or as a length of time where years
 * are asked for: three months are a quarter of a year, not three.
 * @param units What the question counts in, in every language.
 * @param lexicons The reader's language first.
 */
export function parseNumber(text: string, units: string[], lexicons: Lexicon[]): number | undefined {
  const inYears = lexicons.some(({ lengths }) => units.some((unit) => lengths.years.includes(unit)));
  for (const read of inYears ? [readYears, readDigits, readWords] : [readDigits, readWords])
    for (const words of lexicons) {
      const found = read(text, words);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** Years and months together, to a tenth of a year. Undefined where plain reading says the same. */
function readYears(text: string, { lengths, moment }: Lexicon): number | undefined {
  const said = tokensOf(text, { phrases: {} });
  const amount = Object.entries(lengths.amounts).find(([phrase]) =>
    ` ${said.join(' ')} `.includes(` ${phrase} `),
  );
  if (amount && !/\d/.test(text)) return amount[1];
  if (/-\s*\d/.test(text)) return undefined;
  let total = 0;
  let named = false;
  let counts = 0;
  let count: number | undefined;
  for (const token of said) {
    const months = lengths.months.includes(token);
    if (!months && !lengths.years.includes(token)) {
      const value = numberOf(token, moment);
      if (value === undefined) continue;
      count = (count ?? 0) + value;
      counts++;
      continue;
    }
    named ||= months;
    total += (count ?? 1) / (months ? 12 : 1);
    count = undefined;
  }
  // "A year" has no number at all.
  return total > 0 && (named || counts === 0) ? Math.round(total * 10) / 10 : undefined;
}

function readDigits(text: string, words: Lexicon): number | undefined {
  const found = /(-?\d[\d\s\u00a0]*(?:[.,]\d+)?)[\s\u00a0]*(\p{L}*)/u.exec(text);
  if (!found?.[1]) return undefined;
  const value = Number(found[1].replace(/[\s\u00a0]/g, '').replace(',', '.'));
  if (!Number.isFinite(value)) return undefined;
  return isThousand(found[2] ?? '', [words]) ? value * 1000 : value;
}

/** Number words one after another: "twenty five" is 25. */
function readWords(text: string, { moment }: Lexicon): number | undefined {
  const values = tokensOf(text, { phrases: {} })
    .map((token) => numberOf(token, moment))
    .filter((value) => value !== undefined);
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : undefined;
}
