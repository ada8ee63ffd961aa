import type { Company } from './company.ts';
import type { CompanyWords } from './companyWords.ts';
import { digitsOf } from './readCode.ts';
import { nameKey } from './similarNames.ts';

/** Is it what somebody looks for: by a part of its name, whatever the legal form and quotes, or of its INN? */
export function fitsQuery(
  { fields: { name, shortName = '', inn = '' } }: Pick<Company, 'fields'>,
  query: string,
  words: readonly CompanyWords[],
): boolean {
  const [key, digits] = [nameKey(query, words), digitsOf(query)];
  if (digits.length > 2 && inn.includes(digits)) return true;
  return [name, shortName].some((one) => nameKey(one, words).includes(key));
}
