import type { Company } from '../../flows/companies/company.ts';
import type { Member } from '../../flows/member.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { speech } from '../speech.ts';
import { mayChange } from './vacancyViews.ts';
import { titleOfCompany } from './companyList.ts';

type Deps = { db: Pick<Database, 'vacancies'>; words: Words };

const most = 20;

/** The vacancies of a company, open ones first. */
export async function drawCompanyVacancies(
  { db, words }: Deps,
  member: Member,
  company: Company,
): Promise<Rendered> {
  const said = speech(words, member);
  const own = openFirst(await db.vacancies.find({ company: company._id }).toArray());
  return {
    text: said.text(own.length > 0 ? 'company.vacancies.title' : 'company.vacancies.none', {
      name: titleOfCompany(company),
      count: own.length,
    }),
    buttons: [
      ...own
        .slice(0, most)
        .map((vacancy) => [{ label: labelOf(words, member, vacancy), data: `v:open:${vacancy._id}` }]),
      [
        said.button('staff.button.newVacancy', `co:vacancyNew:${company._id}`, { style: 'primary' }),
        said.button('company.button.attach', `co:attach:${company._id}`),
      ],
      [said.button('staff.button.back', `co:open:${company._id}`)],
    ],
  };
}

/** Vacancies without a company that this member may put there. */
export async function drawAttach({ db, words }: Deps, member: Member, company: Company): Promise<Rendered> {
  const said = speech(words, member);
  const free = openFirst(await db.vacancies.find({ company: { $exists: false } }).toArray()).filter(
    (vacancy) => mayChange(member, vacancy),
  );
  return {
    text: said.text(free.length > 0 ? 'company.vacancies.attach' : 'company.vacancies.nothingToAttach', {
      name: titleOfCompany(company),
    }),
    buttons: [
      ...free
        .slice(0, most)
        .map((vacancy) => [
          { label: labelOf(words, member, vacancy), data: `co:attached:${company._id}:${vacancy._id}` },
        ]),
      [said.button('staff.button.back', `co:vacancies:${company._id}`)],
    ],
  };
}

function openFirst(vacancies: Vacancy[]): Vacancy[] {
  return vacancies.sort(
    (a, b) => Number(a.status === 'archived') - Number(b.status === 'archived') || b.createdAt - a.createdAt,
  );
}

function labelOf(words: Words, member: Member, { status, title }: Vacancy): string {
  return `${status === 'open' ? '🟢' : '⚪️'} ${words.label(member, { words: title })}`.slice(0, 60);
}
