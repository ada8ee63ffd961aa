import type { Company } from '../../flows/companies/company.ts';
import { companyFieldNames, specOfField } from '../../flows/companies/companyFields.ts';
import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { historyLine } from './makeHistory.ts';
import { titleOfCompany } from './companyList.ts';

type Deps = { db: Pick<Database, 'members' | 'ledger' | 'vacancies'>; words: Words };

/** The values of one part of a company, each with the button that changes it. */
export function drawFields(said: Speech, company: Company, part: 'main' | 'bank'): Rendered {
  const { _id, fields } = company;
  const names = companyFieldNames.filter((field) => specOfField(field).part === part);
  const lines = names.map((field) =>
    said.text('company.line', { field: { key: `company.field.${field}` }, value: fields[field] ?? '—' }),
  );
  const buttons = names.map((field) => said.button(`company.field.${field}`, `co:field:${_id}:${field}`));
  const copy = requisites(said, company);
  return {
    text: [said.text(`company.part.${part}`, { name: titleOfCompany({ fields }) }), lines.join('\n')]
      .join('\n\n')
      .slice(0, 4000),
    buttons: [
      ...(part === 'bank'
        ? [[said.button('company.button.paste', `co:paste:${_id}`, { style: 'primary' })]]
        : []),
      ...inRows(buttons, 2),
      // Telegram copies no more than 256 characters.
      ...(part === 'bank' && copy.length > 0 && copy.length <= 256
        ? [[{ label: said.plain('company.button.copy'), copy }]]
        : []),
      [said.button('staff.button.back', `co:open:${_id}`)],
    ],
  };
}

/** What is put into a bill, to be copied. */
function requisites(said: Speech, { fields }: Company): string {
  if (!fields.account) return '';
  const { name, shortName = name } = fields;
  return [
    shortName,
    ...(['inn', 'kpp', 'account', 'bank', 'bik', 'correspondent'] as const).flatMap((field) => {
      const value = fields[field];
      return value ? [`${said.plain(`company.field.${field}`)} ${value}`] : [];
    }),
  ].join('\n');
}

/** Which clients speak for it: each press puts somebody on or takes them off. */
export async function drawContacts({ db, words }: Deps, reader: Member, company: Company): Promise<Rendered> {
  const said = speech(words, reader);
  const [clients, vacancies] = await Promise.all([
    db.members.find({ role: 'client' }).sort({ name: 1 }).toArray(),
    db.vacancies.find({ company: company._id }).toArray(),
  ]);
  // Those of its vacancies first: they are the likely ones.
  const near = ({ _id }: Member) => Number(vacancies.some(({ client }) => client === _id));
  const there = clients
    .filter(({ _id, active }) => active || company.people.includes(_id))
    .sort((a, b) => near(b) - near(a));
  const buttons = there.slice(0, 30).map(({ _id, name, company: of }) => ({
    label: `${company.people.includes(_id) ? '✅' : '▫️'} ${[name, of].filter(Boolean).join(', ')}`.slice(
      0,
      60,
    ),
    data: `co:contact:${company._id}:${_id}`,
  }));
  return {
    text: said.text(there.length > 0 ? 'company.people.title' : 'company.people.none', {
      name: titleOfCompany(company),
    }),
    buttons: [...inRows(buttons, 1), [said.button('staff.button.back', `co:open:${company._id}`)]],
  };
}

/** Who of the staff is responsible for it. */
export async function drawOwners({ db, words }: Deps, reader: Member, company: Company): Promise<Rendered> {
  const said = speech(words, reader);
  const members = await db.members.find({ active: true, role: { $in: ['recruiter', 'head'] } }).toArray();
  const buttons = members.slice(0, 30).map(({ _id, name }) => ({
    label: `${company.owner === _id ? '✅' : '▫️'} ${name}`.slice(0, 60),
    data: `co:own:${company._id}:${_id}`,
  }));
  return {
    text: said.text('company.owner.title', { name: titleOfCompany(company) }),
    buttons: [...inRows(buttons, 2), [said.button('staff.button.back', `co:open:${company._id}`)]],
  };
}

const perPage = 10;

/** What was done to it and by whom, the newest first. */
export async function drawCompanyHistory(
  { db, words }: Deps,
  reader: Member,
  { _id, fields }: Company,
  page: number,
): Promise<Rendered> {
  const said = speech(words, reader);
  const [rows, members] = await Promise.all([
    db.ledger
      .find({ company: _id })
      .sort({ at: -1, _id: -1 })
      .skip(page * perPage)
      .limit(perPage + 1)
      .toArray(),
    db.members.find().toArray(),
  ]);
  const lines = rows.slice(0, perPage).map((row) => historyLine(said, row, members));
  const title = said.text('staff.history.title', {
    name: titleOfCompany({ fields }).slice(0, 100),
    page: page + 1,
  });
  const turn = [
    ...(page > 0 ? [said.button('staff.button.newer', `co:history:${_id}:${page - 1}`)] : []),
    ...(rows.length > perPage ? [said.button('staff.button.older', `co:history:${_id}:${page + 1}`)] : []),
  ];
  return {
    text: [title, ...(lines.length > 0 ? lines : [said.text('staff.history.empty')])].join('\n\n'),
    buttons: [...(turn.length > 0 ? [turn] : []), [said.button('staff.button.back', `co:open:${_id}`)]],
  };
}
