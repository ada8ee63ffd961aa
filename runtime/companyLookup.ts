import { z } from 'zod';
import type { CompanyState } from '../flows/companies/company.ts';
import { type CompanyField, specOfField } from '../flows/companies/companyFields.ts';

/** What the register says of an INN. */
export interface FoundCompany {
  set: Partial<Record<CompanyField, string>>;
  state?: CompanyState;
}

export type Looked =
  | { ok: true; found: FoundCompany }
  /** `wrongKey`: or the day's requests are used up; both are the head's to mend. */
  | { ok: false; why: 'notFound' | 'wrongKey' | 'noAnswer' };

/** Ask a register who stands under an INN. Never throws: whoever asks can type it all by hand. */
export type CompanyLookup = (inn: string) => Promise<Looked>;

const text = z.string().nullish();
const party = z.object({
  value: z.string(),
  data: z.object({
    inn: z.string(),
    kpp: text,
    ogrn: text,
    name: z.object({ full_with_opf: text, short_with_opf: text }).nullish(),
    address: z.object({ value: text, unrestricted_value: text }).nullish(),
    state: z.object({ status: text }).nullish(),
  }),
});
const shape = z.object({ suggestions: z.array(party) });

const states: Record<string, CompanyState> = {
  ACTIVE: 'active',
  LIQUIDATING: 'liquidating',
  LIQUIDATED: 'liquidated',
  BANKRUPT: 'bankrupt',
  REORGANIZING: 'reorganizing',
};

/** A person waits for it in their chat, in milliseconds. */
const usualPatience = 5_000;

/**
 * DaData's "organisation by INN" (`findById/party`). The request and the shape of its answer are as its pages have
 * them; the statuses (401 and 403 for the key and the day's limit, 429 for too many at once) are from memory, and none of it was
 * seen live: tried against the stand-in in `simulator/dadata`.
 */
export function makeCompanyLookup({
  key,
  root = 'https://suggestions.dadata.ru',
  log,
  patience = usualPatience,
}: {
  key: string;
  root?: string;
  log: (line: object) => void;
  patience?: number;
}): CompanyLookup {
  const url = `${root}/suggestions/api/4_1/rs/findById/party`;
  const ask = async (inn: string): Promise<Looked> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Token ${key}`,
      },
      body: JSON.stringify({ query: inn, branch_type: 'MAIN' }),
      signal: AbortSignal.timeout(patience),
    });
    if (!response.ok) {
      await response.body?.cancel();
      log({ level: 'warn', companyLookup: response.status });
      return { ok: false, why: response.status === 401 || response.status === 403 ? 'wrongKey' : 'noAnswer' };
    }
    const { suggestions } = shape.parse(await response.json());
    const mine = suggestions.find(({ data }) => data.inn === inn);
    return mine ? { ok: true, found: foundOf(mine) } : { ok: false, why: 'notFound' };
  };
  return async (inn) => {
    try {
      return await ask(inn);
    } catch (error) {
      // What it says may quote the answer: only its kind is told.
      log({ level: 'warn', companyLookup: error instanceof Error ? error.name : 'no answer' });
      return { ok: false, why: 'noAnswer' };
    }
  };
}

/** Only values that would be taken if somebody typed them. */
function foundOf({ value, data }: z.output<typeof party>): FoundCompany {
  const given: [CompanyField, string | null | undefined][] = [
    ['name', data.name?.full_with_opf ?? value],
    ['shortName', data.name?.short_with_opf ?? value],
    ['inn', data.inn],
    ['kpp', data.kpp],
    ['ogrn', data.ogrn],
    ['legalAddress', data.address?.unrestricted_value ?? data.address?.value],
  ];
  const set = Object.fromEntries(
    given.flatMap(([field, said]) => {
      const read = said ? specOfField(field).read(said) : undefined;
      return read?.ok ? [[field, read.value]] : [];
    }),
  );
  const state = states[data.state?.status ?? ''];
  return { set, ...(state && { state }) };
}
