/** Words that stand beside a company's name and numbers, from `locales/`. All in lower case. */
export interface CompanyWords {
  /** What says nothing of whose name it is: legal forms, "company", "group". */
  forms: string[];
  /** What the name of a bank has in it. */
  bank: string[];
  /** How the two nine-digit numbers are called. */
  kpp: string[];
  bik: string[];
}
