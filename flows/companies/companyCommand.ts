import type { CompanyField } from './companyFields.ts';
import type { CompanyState } from './company.ts';

/** Values as they were typed or sent; null takes one off. They are read and checked by the decision. */
export type CompanyChange = Partial<Record<CompanyField, string | null>>;

/** Of a contract. `price`: an amount with its currency. */
export interface ContractChange {
  number?: string;
  date?: string | null;
  until?: string | null;
  link?: string | null;
  terms?: string | null;
  price?: { amount: number; currency: string } | null;
}
export type ContractField = keyof ContractChange;

/** What a member (or the API) does to a company. `id` is unique in the world: the same again changes nothing. */
export type CompanyCommand = { id: string; by: string } & (
  | {
      type: 'addCompany';
      set: CompanyChange;
      owner?: string;
      /** What the register says; the values came from there. */
      state?: CompanyState;
      /** Although there is one of much the same name. */
      anyway?: boolean;
    }
  | {
      type: 'changeCompany';
      set: CompanyChange;
      state?: CompanyState;
      owner?: string | null;
      archived?: boolean;
    }
  | { type: 'addContract'; set: ContractChange }
  | { type: 'changeContract'; contract: string; set: ContractChange }
  | { type: 'dropContract'; contract: string }
  | { type: 'setContact'; member: string; on: boolean }
  | { type: 'setOwner'; owner: string | null }
  | { type: 'noteCompany'; text: string }
  | { type: 'archiveCompany'; on: boolean }
  /** @param version the company's, as the button was drawn: what came later is not taken back */
  | { type: 'undoCompany'; version: number }
);
