import type { Company } from '../../flows/companies/company.ts';
import { digitsOf } from '../../flows/companies/readCode.ts';
import { nameKey } from '../../flows/companies/similarNames.ts';
import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import type { Search } from '../search.ts';
import { speech } from '../speech.ts';
import { pages } from './newLeads.ts';

const perPage = 8;

type Deps = { db: Pick<Database, 'companies'>; words: Words };

/** Companies by name, a page at a time; those that were put away are only found by a search. */
export async function drawCompanies(
  { db, words }: Deps,
  member: Member,
  search: Search,
  page: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const { query } = search;
  const all = await findCompanies({ db, words }, query);
  const shown = all.slice(page * perPage, (page + 1) * perPage);
  const rows = shown.map((company) => [companyButton(company)]);
  const turn = pages(said, `m:companies:${search.id}`, page, all.length > (page + 1) * perPage);
  const key = query ? (all.length > 0 ? 'found' : 'notFound') : all.length > 0 ? 'title' : 'none';
  return {
    text: said.text(`company.list.${key}`, { count: all.length, query }),
    buttons: [
      ...rows,
      ...(turn.length > 0 ? [turn] : []),
      [
        said.button('company.button.new', 'co:new', { style: 'primary' }),
        ...(all.length > perPage || query ? [said.button('company.button.find', 'co:find')] : []),
      ],
      ...(query ? [[said.button('company.button.all', 'm:companies::0')]] : []),
    ],
  };
}

/** Those whose name or INN has in it what is looked for; without a query all that are worked with. By name. */
export async function findCompanies({ db, words }: Deps, query: string): Promise<Company[]> {
  const own = Object.values(words.lexicon).map(({ company }) => company);
  const [key, digits] = [nameKey(query, own), digitsOf(query)];
  const fits = ({ fields: { name, shortName = '', inn = '' }, archived }: Company) =>
    query === ''
      ? !archived
      : [name, shortName].some((one) => nameKey(one, own).includes(key)) ||
        (digits.length > 2 && inn.includes(digits));
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
