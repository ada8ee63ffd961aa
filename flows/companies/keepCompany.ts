import type { CompanyCommand } from './companyCommand.ts';
import type { CompanyRefusal, CompanyTurn } from './companyTurn.ts';

type Of<T extends CompanyCommand['type']> = Extract<CompanyCommand, { type: T }>;

const mostNotes = 50;
const mostPeople = 50;

/** A client speaks for the company, or no more. */
export function setContact(turn: CompanyTurn, { member: id, on }: Of<'setContact'>): CompanyRefusal {
  const member = turn.facts.members.find(({ _id }) => _id === id);
  if (!member || member.role !== 'client' || (on && !member.active)) return { code: 'noSuchMember' };
  const { people } = turn.company;
  if (people.includes(id) === on) return undefined;
  if (people.length >= mostPeople && on) return { code: 'noSuchMember' };
  turn.company.people = on ? [...people, id] : people.filter((one) => one !== id);
  const { name } = member;
  turn.fact(on ? 'contactAdded' : 'contactRemoved', { name });
  turn.act({ key: 'company.act.contact', params: { name } });
  return undefined;
}

/** Somebody of the staff is responsible for it, or nobody. */
export function setOwner(turn: CompanyTurn, owner: string | null): CompanyRefusal {
  if (owner !== null) return keepOwner(turn, owner);
  delete turn.company.owner;
  turn.fact('companyOwner', { name: '—' });
  turn.act({ key: 'company.act.owner' });
  return undefined;
}

/** @param owner a member who is active and no client */
export function keepOwner(turn: CompanyTurn, owner: string): CompanyRefusal {
  const member = turn.member(owner);
  if (!member || member.role === 'client') return { code: 'noSuchMember' };
  if (turn.company.owner === owner) return undefined;
  turn.company.owner = owner;
  turn.fact('companyOwner', { name: member.name });
  turn.act({ key: 'company.act.owner' });
  return undefined;
}

/** A note for the team, the oldest given up when there are too many. */
export function note(turn: CompanyTurn, { text, by, id }: Of<'noteCompany'>): CompanyRefusal {
  const said = text.trim().slice(0, 1_000);
  if (said === '') return { code: 'emptyText' };
  turn.company.notes = [...turn.company.notes, { id, at: turn.now, by, text: said }].slice(-mostNotes);
  turn.fact('companyNoted', { text: said });
  turn.act({ key: 'company.act.note' });
  return undefined;
}

/** Put it away, or take it back. */
export function archive(turn: CompanyTurn, on: boolean): CompanyRefusal {
  if ((turn.company.archived === true) === on) return undefined;
  if (on) turn.company.archived = true;
  else delete turn.company.archived;
  turn.fact(on ? 'companyArchived' : 'companyReopened', {});
  turn.act({ key: on ? 'company.act.archive' : 'company.act.reopen' });
  return undefined;
}
