import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { Company } from '../../flows/companies/company.ts';
import { contractEnd, contractFor, isInForce } from '../../flows/companies/contract.ts';
import { dayParam } from '../../flows/dayParam.ts';
import { dayOf } from '../../flows/dayOf.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { type Speech, speech } from '../speech.ts';
import { nameOf } from './cardFacts.ts';
import { companyButtons } from './companyButtons.ts';
import { titleOfCompany } from './companyList.ts';
import { contractLine } from './contractViews.ts';

type Deps = {
  db: Pick<Database, 'members' | 'vacancies' | 'clientCalls'>;
  clock: Pick<Clock, 'now'>;
  words: Words;
  policy: Pick<Policy, 'zone' | 'contracts'>;
  /** Set where a register can be asked. */
  companyLookup?: unknown;
};

/** How many notes the card shows, the newest first. */
const latestNotes = 3;

/** One company: who it is, who is responsible, by which contract, how many vacancies. Staff only. */
export async function drawCompany(
  { db, clock, words, policy, companyLookup }: Deps,
  reader: Member,
  company: Company,
): Promise<Rendered> {
  const said = speech(words, reader);
  const { fields, state, checkedAt, contracts, people, owner, notes, archived } = company;
  const names = [...new Set([fields.name, titleOfCompany(company)])];
  const [members, vacancies, call] = await Promise.all([
    db.members.find().toArray(),
    db.vacancies.find({ company: company._id }).toArray(),
    nextCall(db, names, clock.now()),
  ]);
  const day = dayOf(clock.now(), policy.zone);
  const now = contractFor(contracts, day);
  const end = contractEnd(contracts, day, policy.contracts.noticeDays);
  const rest = contracts.filter((one) => one !== now);
  const codes = (['inn', 'kpp', 'ogrn'] as const).flatMap((field) => {
    const value = fields[field];
    return value ? [`${said.plain(`company.field.${field}`)} ${value}`] : [];
  });
  const line = (field: 'legalAddress' | 'postalAddress' | 'website') =>
    fields[field]
      ? [said.text('company.line', { field: { key: `company.field.${field}` }, value: fields[field] })]
      : [];
  const blocks = [
    [
      said.text('company.card.name', { name: titleOfCompany(company) }),
      ...(titleOfCompany(company) === fields.name
        ? []
        : [said.text('company.card.full', { name: fields.name })]),
      ...(archived ? [said.text('company.card.archived')] : []),
    ],
    state === undefined || checkedAt === undefined
      ? []
      : [
          said.text(state === 'active' ? 'company.card.active' : 'company.card.gone', {
            state: { key: `company.state.${state}` },
            day: { at: checkedAt, as: 'date' },
          }),
        ],
    [codes.join(' · '), ...line('legalAddress'), ...line('postalAddress'), ...line('website')],
    [
      said.text('company.card.owner', { name: owner === undefined ? '—' : nameOf(members, owner) }),
      ...(people.length > 0 ? contacts(said, members, people) : [said.text('company.card.noPeople')]),
      said.text('company.card.vacancies', {
        open: vacancies.filter(({ status }) => status === 'open').length,
        all: vacancies.length,
      }),
    ],
    [
      now ? contractLine(said, now, day) : said.text('company.card.noContract'),
      ...(end === undefined
        ? []
        : [
            said.text(end < day ? 'company.card.ended' : 'company.card.ends', {
              day: dayParam(end),
            }),
          ]),
      ...(rest.length > 0
        ? [
            said.text('company.card.moreContracts', {
              count: rest.length,
              over: rest.filter((one) => !isInForce(one, day)).length,
            }),
          ]
        : []),
    ],
    notes
      .slice(-latestNotes)
      .toReversed()
      .map(({ at, by, text }) =>
        said.text('company.card.note', {
          day: { at, as: 'day' },
          name: nameOf(members, by),
          text: text.slice(0, 300),
        }),
      ),
  ];
  const text = blocks
    .map((lines) => lines.filter(Boolean).join('\n'))
    .filter(Boolean)
    .join('\n\n');
  return {
    text: text.slice(0, 4000),
    buttons: companyButtons(said, company, companyLookup !== undefined, call),
  };
}

/** How many contact persons the card names. */
const mostContacts = 8;

function contacts(said: Speech, members: Member[], people: string[]): string[] {
  return people.slice(0, mostContacts).map((id) => {
    const phone = members.find(({ _id }) => _id === id)?.phone;
    const name = nameOf(members, id).slice(0, 60);
    return said.text(phone ? 'company.card.contact' : 'company.card.contactOnly', {
      name,
      phone: phone ?? '',
    });
  });
}

/** The next call with a company, as its name stands there. */
async function nextCall(
  db: Pick<Database, 'clientCalls'>,
  names: string[],
  now: number,
): Promise<ClientCall | undefined> {
  const [call] = await db.clientCalls
    .find({ start: { $gt: now }, cancelled: { $exists: false }, company: { $in: names } })
    .sort({ start: 1 })
    .limit(1)
    .toArray();
  return call;
}
