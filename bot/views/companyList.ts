import type { Company } from '../../flows/companies/company.ts';
import { fitsQuery } from '../../flows/companies/fitsQuery.ts';
import { nameKey } from '../../flows/companies/similarNames.ts';
import { contractEnd } from '../../flows/companies/contract.ts';
import { dayOf } from '../../flows/dayOf.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import type { Search } from '../search.ts';
import { speech } from '../speech.ts';
import { pages } from './newLeads.ts';

const perPage = 8;

type Deps = { db: Pick<Database, 'companies'>; words: Words };
type ListDeps = Deps & { clock: Pick<Clock, 'now'>; policy: Pick<Policy, 'zone' | 'contracts'> };

/** What is looked for by the button of contracts that end: no name begins like that. */
export const ending = ':ending';

/** Companies by name, a page at a time; those that were put away are only found by a search. */
export async function drawCompanies(
  { db, words, clock, policy }: ListDeps,
  member: Member,
  search: Search,
  page: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const { id, query } = search;
  const day = dayOf(clock.now(), policy.zone);
  const ends = ({ contracts, archived }: Company) =>
    !archived && contractEnd(contracts, day, policy.contracts.noticeDays) !== undefined;
  const found = await findCompanies({ db, words }, query === ending ? '' : query);
  const late = query === '' || query === ending ? found.filter(ends) : [];
  const all = query === ending ? late : found;
  const shown = all.slice(page * perPage, (page + 1) * perPage);
  const turn = pages(said, `m:companies:${id}`, page, all.length > (page + 1) * perPage);
  const none = all.length === 0;
  const key = query === ending ? 'ending' : query ? (none ? 'notFound' : 'found') : none ? 'none' : 'title';
  const count = { count: late.length };
  return {
    text: said.text(`company.list.${key}`, { count: all.length, query }),
    buttons: [
      ...shown.map((company) => [companyButton(company)]),
      ...(turn.length > 0 ? [turn] : []),
      ...(key === 'notFound'
        ? [
            [
              said.button('company.button.addThis', `co:add:${id}`, {
                style: 'primary',
                params: { query: query.slice(0, 30) },
              }),
            ],
          ]
        : []),
      [
        ...(key === 'notFound' ? [] : [said.button('company.button.new', 'co:new', { style: 'primary' })]),
        ...(all.length > perPage || query ? [said.button('company.button.find', 'co:find')] : []),
      ],
      ...(query === '' && late.length > 0
        ? [[said.button('company.button.ending', 'co:ending', { params: count })]]
        : []),
      ...(query ? [[said.button('company.button.all', 'm:companies::0')]] : []),
    ],
  };
}

/** Those whose name or INN has in it what is looked for; without a query all that are worked with. By name. */
export async function findCompanies({ db, words }: Deps, query: string): Promise<Company[]> {
  const own = Object.values(words.lexicon).map(({ company }) => company);
  const fits = (company: Company) => (query === '' ? !company.archived : fitsQuery(company, query, own));
  const all = await db.companies.find({}).toArray();
  const order = (company: Company) => nameKey(titleOfCompany(company), own);
  return all.filter(fits).sort((a, b) => order(a).localeCompare(order(b), 'ru'));
}

/** What it is called in a list: in short where it can be. */
export function titleOfCompany({ fields: { name, shortName } }: Pick<Company, 'fields'>): string {
  return shortName ?? name;
}

export function companyButton(company: Company): { label: string; data: string } {
  const gone = company.state === 'liquidated' || company.state === 'bankrupt';
  const mark = company.archived ? '🗄' : gone ? '⚠️' : '🏢';
  return { label: `${mark} ${titleOfCompany(company)}`.slice(0, 60), data: `co:open:${company._id}` };
}
