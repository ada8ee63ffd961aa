import { copyPlain } from '../copyPlain.ts';
import type { Params } from '../effect.ts';
import type { RefusalCode } from '../facts.ts';
import type { Member } from '../member.ts';
import type { ActName, Company, CompanyFact } from './company.ts';
import type { CompanyCommand } from './companyCommand.ts';
import type { CompanyWords } from './companyWords.ts';
import type { Fault } from './readCode.ts';
import type { KnownCompany } from './similarNames.ts';

/** What a decision about a company may look at besides it and the command. */
export interface CompanyFacts {
  members: Member[];
  words: CompanyWords[];
  /** Who is there already; only for a new one. */
  others: KnownCompany[];
}

/** Why a command was not carried out; undefined: it was. */
export type CompanyRefusal = { code: RefusalCode; params?: Params } | undefined;

/** One decision about a company being made: a draft of it, and what the history will tell. */
export class CompanyTurn {
  readonly told: CompanyFact[] = [];
  readonly company: Company;
  readonly command: CompanyCommand;
  readonly facts: CompanyFacts;
  readonly now: number;
  /** What the act is called, for the button that takes it back. */
  what: ActName | undefined;

  constructor(company: Company, command: CompanyCommand, facts: CompanyFacts, now: number) {
    this.company = copyPlain(company);
    this.command = command;
    this.facts = facts;
    this.now = now;
  }

  fact(what: string, params: Params): void {
    const { id, by } = this.command;
    this.told.push({ key: `${id}:${this.told.length + 1}`, what, by, params });
  }

  /** Name the act; the first name stays. */
  act(what: ActName): void {
    this.what ??= what;
  }

  member(id: string): Member | undefined {
    return this.facts.members.find(({ _id, active }) => _id === id && active);
  }
}

/** A value that cannot be taken: which one, and what is wrong with it. */
export function wrongValue(
  field: string,
  { code, params }: Fault,
  section = 'company.field',
): NonNullable<CompanyRefusal> {
  const name = { key: `${section}.${field}` };
  return {
    code: 'badCompany',
    params: { why: { key: `company.fault.${code}`, params: { ...params, field: name } } },
  };
}
