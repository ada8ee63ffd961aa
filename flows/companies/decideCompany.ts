import { isService } from '../isService.ts';
import { addContract, changeContract, dropContract } from './changeContract.ts';
import { changeFields } from './changeFields.ts';
import type { Company, CompanyBody } from './company.ts';
import type { CompanyCommand } from './companyCommand.ts';
import { type CompanyFacts, type CompanyRefusal, CompanyTurn } from './companyTurn.ts';
import { archive, keepOwner, note, setContact, setOwner } from './keepCompany.ts';
import { similarNames } from './similarNames.ts';

/** What came of a command. `similar`: those a new company looks like. */
export type CompanyDecision =
  { ok: true; company: Company } | (NonNullable<CompanyRefusal> & { ok: false; similar?: string[] });

type Of<T extends CompanyCommand['type']> = Extract<CompanyCommand, { type: T }>;

const remembered = 30;

/**
 * What a command does to a company. Pure, as `decide` is for candidates. That an INN is nobody else's is the
 * database's to say: it stands under a unique index.
 *
 * @param company undefined when the command adds a new one
 */
export function decideCompany(
  company: Company | undefined,
  command: CompanyCommand,
  facts: CompanyFacts,
  now: number,
  id: string,
): CompanyDecision {
  const by = facts.members.find(({ _id }) => _id === command.by);
  if (by ? !by.active || by.role === 'client' : !isService(command.by))
    return { ok: false, code: 'notAllowed' };
  const draft = company ?? (command.type === 'addCompany' ? blank(command, now, id) : undefined);
  if (!draft) return { ok: false, code: 'noSuchCompany' };
  const turn = new CompanyTurn(draft, command, facts, now);
  const refused = apply(turn, command);
  if (refused)
    return { ok: false, ...refused, ...(refused.code === 'similarCompany' && { similar: likeIt(turn) }) };
  const { company: next } = turn;
  // Undo leads back once, and is no act that could be taken back.
  if (turn.what)
    next.undo = {
      by: command.by,
      at: now,
      what: turn.what,
      before: company ? bodyOf(company) : unmade(next),
    };
  next.version = draft.version + 1;
  next.decided = [...draft.decided, command.id].slice(-remembered);
  next.outbox = turn.told;
  return { ok: true, company: next };
}

function apply(turn: CompanyTurn, command: CompanyCommand): CompanyRefusal {
  switch (command.type) {
    case 'addCompany':
      return add(turn, command);
    case 'changeCompany':
      return change(turn, command);
    case 'addContract':
      return addContract(turn, command.set);
    case 'changeContract':
      return changeContract(turn, command.contract, command.set);
    case 'dropContract':
      return dropContract(turn, command.contract);
    case 'setContact':
      return setContact(turn, command);
    case 'setOwner':
      return setOwner(turn, command.owner);
    case 'noteCompany':
      return note(turn, command);
    case 'archiveCompany':
      return archive(turn, command.on);
    case 'undoCompany':
      return undo(turn, command);
  }
}

function add(turn: CompanyTurn, command: Of<'addCompany'>): CompanyRefusal {
  const refused = changeFields(turn, { name: '', ...command.set });
  if (refused) return refused;
  if (!command.anyway && likeIt(turn).length > 0) return { code: 'similarCompany' };
  turn.told.length = 0;
  turn.fact('companyAdded', { name: turn.company.fields.name });
  setState(turn, command);
  turn.what = { key: 'company.act.add' };
  return command.owner === undefined ? undefined : keepOwner(turn, command.owner);
}

/** All of it, or nothing. */
function change(turn: CompanyTurn, command: Of<'changeCompany'>): CompanyRefusal {
  const { set, owner, archived } = command;
  setState(turn, command);
  return (
    changeFields(turn, set) ??
    (owner === undefined ? undefined : setOwner(turn, owner)) ??
    (archived === undefined ? undefined : archive(turn, archived))
  );
}

/** Those of the same name under another INN are another company, and still worth a look. */
function likeIt({ company, facts }: CompanyTurn): string[] {
  const { name, shortName } = company.fields;
  const found = [name, shortName].flatMap((one) =>
    one === undefined ? [] : similarNames(one, facts.others, facts.words),
  );
  return [...new Set(found.map(({ _id }) => _id))].slice(0, 8);
}

function setState(turn: CompanyTurn, { state }: Pick<Of<'changeCompany'>, 'state'>): void {
  if (state === undefined) return;
  turn.company.state = state;
  turn.company.checkedAt = turn.now;
  turn.fact('companyChecked', { state: { key: `company.state.${state}` } });
  turn.act({ key: 'company.act.checked' });
}

function undo(turn: CompanyTurn, { version }: Of<'undoCompany'>): CompanyRefusal {
  const { company } = turn;
  if (!company.undo) return { code: 'nothingToUndo' };
  if (company.version !== version) return { code: 'companyChanged' };
  const { before, what } = company.undo;
  for (const part of bodyParts) if (before[part] === undefined) Reflect.deleteProperty(company, part);
  Object.assign(company, before);
  delete company.undo;
  turn.fact('undone', { act: what });
  return undefined;
}

const bodyParts = ['owner', 'state', 'checkedAt', 'archived'] as const;

function bodyOf({
  fields,
  contracts,
  people,
  notes,
  owner,
  state,
  checkedAt,
  archived,
}: Company): CompanyBody {
  return {
    fields,
    contracts,
    people,
    notes,
    ...(owner !== undefined && { owner }),
    ...(state !== undefined && { state }),
    ...(checkedAt !== undefined && { checkedAt }),
    ...(archived && { archived }),
  };
}

/** A company that was added by mistake is put away: its number and its history stay. */
function unmade(company: Company): CompanyBody {
  return { ...bodyOf(company), archived: true };
}

function blank({ by }: Of<'addCompany'>, now: number, _id: string): Company {
  return {
    _id,
    version: 0,
    fields: { name: '' },
    contracts: [],
    people: [],
    notes: [],
    createdAt: now,
    by,
    decided: [],
    outbox: [],
  };
}
