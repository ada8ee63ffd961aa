import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Company } from '../../flows/companies/company.ts';
import type { Role } from '../../flows/member.ts';
import { parseEmail } from '../../flows/parseEmail.ts';
import type { InviteRow } from '../../models/rows.ts';
import { askSome } from './askSome.ts';
import { askOr, oneLine } from './wizardTexts.ts';
import type { Accepted, WizardTalk } from './wizardTalk.ts';

const roles: Role[] = ['client', 'recruiter', 'head'];

/** Invite somebody: as whom, for which vacancies, their name, and the address of the letter. The link comes at the end. */
export async function inviteWizard(talk: WizardTalk): Promise<void> {
  const { deps, member, conversation, said } = talk;
  const role = member.role === 'head' ? await askRole(talk) : 'client';
  const vacancies = role === 'client' ? await askVacancies(talk) : [];
  if (!vacancies) return talk.tell('invite.wizard.noVacancies');
  const asked = { step: 'name', key: `invite.wizard.name.${role}` };
  const { name, update } = await talk.ask(asked, (answer): Accepted<{ name: string; update: number }> => {
    const line = oneLine(answer, 2, 60);
    if ('value' in line && !/\p{L}{2}/u.test(line.value)) return { hint: 'staff.lead.badName' };
    return 'value' in line ? { value: { name: line.value, update: answer.update } } : line;
  });
  const employers = await employersOf(talk, vacancies);
  const company = role === 'client' ? await askCompany(talk, employers) : undefined;
  const email = deps.messengers?.mail ? await askEmail(talk) : undefined;
  if (email && !member.phone) await askPhone(talk);
  const made = await conversation.external(async (ctx) => {
    const id = `tg:${ctx.me.id}:${update}:invite`;
    const more = { ...(company && { company }), ...(email && { email }) };
    const invited = await deps.members.invite(id, member._id, { role, name, vacancies, ...more });
    const client = invited.ok && invited.invite.member;
    // They are the employer's contact person from now on.
    if (client)
      for (const { _id } of employers)
        await deps.companies.perform(_id, {
          id: `${id}:${_id}`,
          by: member._id,
          type: 'setContact',
          member: client,
          on: true,
        });
    return invited;
  });
  if (!made.ok) return talk.tell('invite.wizard.refused', { why: { key: `refusal.${made.code}` } });
  const link = (await conversation.external(() => deps.members.linkOf(made.invite))) ?? '';
  const others = await othersThere(talk, made.invite);
  if (others) await talk.tell('invite.wizard.instead', { name, others });
  await talk.tell(
    email ? 'invite.wizard.madeWithLetter' : 'invite.wizard.made',
    { name, role: { key: `staff.role.${role}` }, link, email: email ?? '' },
    [
      [{ label: said.plain('invite.button.copy'), copy: link }],
      [said.button('invite.button.list', 'mb:list:0')],
    ],
  );
}

/** Whose place the client takes when they open the link: nobody's, or the names. */
function othersThere(
  { deps, conversation }: WizardTalk,
  { member, vacancies = [] }: InviteRow,
): Promise<string> {
  return conversation.external(async () => {
    const chosen = await deps.db.vacancies.find({ _id: { $in: vacancies } }).toArray();
    const ids = chosen.flatMap(({ client }) => (client && client !== member ? [client] : []));
    if (ids.length === 0) return '';
    const others = await deps.db.members.find({ _id: { $in: ids } }).toArray();
    return others.map(({ name }) => name).join(', ');
  });
}

function askRole(talk: WizardTalk): Promise<Role> {
  const buttons = roles.map((role) => [talk.button('role', role, `invite.role.${role}`)]);
  return talk.ask({ step: 'role', key: 'invite.wizard.role', buttons }, (answer): Accepted<Role> => {
    const role = 'tapped' in answer ? roles.find((one) => one === answer.tapped) : undefined;
    return role ? { value: role } : { hint: 'staff.wizard.useButtons' };
  });
}

/** Open vacancies the member may give to a client; a recruiter without one invites nobody, the head may do without. */
async function askVacancies(talk: WizardTalk): Promise<string[] | undefined> {
  const { deps, member, conversation } = talk;
  const head = member.role === 'head';
  const open = await conversation.external(() =>
    deps.db.vacancies
      .find({ status: 'open', ...(!head && { recruiters: member._id }) })
      .sort({ createdAt: -1 })
      .limit(40)
      .toArray(),
  );
  if (open.length === 0) return head ? [] : undefined;
  const items = open.map(({ _id, title }) => ({
    value: _id,
    label: deps.words.label(member, { words: title }).slice(0, 50),
  }));
  const question = { step: 'vacancies', key: 'invite.wizard.vacancies' };
  return askSome(talk, question, items, { least: head ? 0 : 1 });
}

/** The documents of the employers whose vacancies these are. */
function employersOf({ deps, conversation }: WizardTalk, vacancies: string[]): Promise<Company[]> {
  return conversation.external(async () => {
    const chosen = await deps.db.vacancies.find({ _id: { $in: vacancies } }).toArray();
    const ids = chosen.flatMap(({ company }) => (company ? [company] : []));
    return ids.length === 0 ? [] : deps.db.companies.find({ _id: { $in: ids } }).toArray();
  });
}

/** Whose client they are: known by the vacancies, else told. */
async function askCompany(talk: WizardTalk, [employer, ...more]: Company[]): Promise<string | undefined> {
  if (employer) return more.length > 0 ? undefined : (employer.fields.shortName ?? employer.fields.name);
  return askOr(talk, 'company', 'invite.wizard.company', (answer) => oneLine(answer, 2, 60));
}

function askEmail(talk: WizardTalk): Promise<string | undefined> {
  return askOr(talk, 'email', 'invite.wizard.email', (answer): Accepted<string> => {
    const email = 'text' in answer ? parseEmail(answer.text) : undefined;
    return email ? { value: email } : { hint: 'invite.wizard.badEmail' };
  });
}

/** The letter says how to reach whoever invites. */
async function askPhone(talk: WizardTalk): Promise<void> {
  const { deps, member, conversation } = talk;
  const phone = await askOr(talk, 'phone', 'invite.wizard.phone', (answer): Accepted<string> => {
    const number = 'text' in answer ? parsePhoneNumberFromString(answer.text, 'RU') : undefined;
    return number?.isPossible() ? { value: number.number } : { hint: 'staff.lead.badPhone' };
  });
  if (phone) await conversation.external(() => deps.members.setPhone(member._id, phone));
}
