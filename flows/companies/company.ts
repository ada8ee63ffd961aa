import type { Params } from '../effect.ts';
import type { CompanyField } from './companyFields.ts';
import type { Contract } from './contract.ts';

/** Values as they are kept: read and checked. Every company has a name. */
export type CompanyFields = { name: string } & Partial<Record<Exclude<CompanyField, 'name'>, string>>;

/** What the tax register says of a company, when somebody asked it. */
export type CompanyState = 'active' | 'liquidating' | 'liquidated' | 'bankrupt' | 'reorganizing';

/** What an employer is to us: everything of it that members change, and that undo brings back. */
export interface CompanyBody {
  fields: CompanyFields;
  contracts: Contract[];
  /** Its contact persons: members of the role `client`. One may speak for several companies. */
  people: string[];
  /** The member who is responsible for it. */
  owner?: string;
  notes: CompanyNote[];
  /** By the register, and when it was asked (milliseconds of UTC). */
  state?: CompanyState;
  checkedAt?: number;
  /** Put away: it is found, and not offered any more. */
  archived?: true;
}

/** An employer, once: its INN is unique. */
export interface Company extends CompanyBody {
  _id: string;
  version: number;
  createdAt: number;
  by: string;
  /** How it was before the last act; `what` names the act. */
  undo?: { by: string; at: number; what: ActName; before: CompanyBody };
  /** Ids of the commands already decided, the newest last (bounded). */
  decided: string[];
  /** Lines of the history of the last decision, until they stand in the ledger. */
  outbox: CompanyFact[];
  unpublished?: boolean;
}

/** What an act is called: a key of the locales. */
export interface ActName {
  key: string;
  params?: Params;
}

export interface CompanyNote {
  id: string;
  at: number;
  by: string;
  text: string;
}

/** A line of a company's history. Requisites stand in it masked, prices not at all. */
export interface CompanyFact {
  key: string;
  what: string;
  by: string;
  params: Params;
}
