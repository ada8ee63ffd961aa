import { contractPrice } from '../../flows/companies/contractOfHire.ts';
import type { Company } from '../../flows/companies/company.ts';
import { companyCosts } from '../../flows/costs/companyCosts.ts';
import type { CostSummary } from '../../flows/costs/costs.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import { readApplicationsOf } from '../../models/readApplicationsOf.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { type Speech, speech } from '../speech.ts';
import { money, sumText } from './costViews.ts';
import { titleOfCompany } from './companyList.ts';

type Deps = {
  db: Pick<Database, 'vacancies' | 'candidates'>;
  words: Words;
  clock: Pick<Clock, 'now'>;
  policy: Pick<Policy, 'currency' | 'zone'>;
};

/** How many vacancies are listed, the dearest first. */
const most = 12;

/** What a company's vacancies cost and bring: in all, by source, and each. */
export async function drawCompanyCosts(
  { db, words, clock, policy }: Deps,
  member: Member,
  company: Company,
): Promise<Rendered> {
  const said = speech(words, member);
  const vacancies = await db.vacancies.find({ company: company._id }).toArray();
  const applications = await readApplicationsOf(
    db,
    vacancies.map(({ _id }) => _id),
  );
  const priceOf = contractPrice(company, clock.now(), policy.zone);
  const costs = companyCosts(vacancies, applications, policy.currency, priceOf);
  const known = costs.vacancies.filter(({ sums }) => sums.length > 0);
  const lines = known
    .toSorted((a, b) => spentOn(b.sums) - spentOn(a.sums))
    .slice(0, most)
    .flatMap(({ vacancy, sums }) =>
      sums.map((sum) => vacancyLine(said, said.label({ words: vacancy.title }), sum)),
    );
  return {
    text: [
      said.text('company.costs.title', { name: titleOfCompany(company) }),
      ...costs.sums.map((sum) => sumText(said, sum)),
      lines.length > 0 ? lines.join('\n') : said.text('company.costs.none'),
    ]
      .join('\n\n')
      .slice(0, 4000),
    buttons: [[said.button('staff.button.back', `co:open:${company._id}`)]],
  };
}

function vacancyLine(
  said: Speech,
  title: string,
  { currency, spent, income, hires, perHire }: CostSummary,
): string {
  return said.text('company.costs.vacancy', {
    title: title.slice(0, 60),
    spent: money(said, spent, currency),
    hires,
    perHire: perHire === undefined ? '—' : money(said, perHire, currency),
    income: money(said, income, currency),
  });
}

/** For the order alone: sums of different currencies are not compared anywhere else. */
function spentOn(sums: CostSummary[]): number {
  return Math.max(0, ...sums.map(({ spent }) => spent));
}
