import { isLink } from '../isLink.ts';
import { accountFits } from './accountFits.ts';
import type { CompanyFields } from './company.ts';
import { digitsOf, type Fault, type Read, readInn, readOgrn } from './readCode.ts';

interface FieldSpec {
  /** On which screen it is changed. */
  part: 'main' | 'bank';
  /** In the history only its end is told. */
  secret?: true;
  /** Read what was typed or sent. */
  read: (text: string) => Read;
}

/** What a company is known by, in the order it is shown. */
const companyFields = {
  name: { part: 'main', read: textUpTo(250) },
  shortName: { part: 'main', read: textUpTo(100) },
  inn: { part: 'main', read: readInn },
  kpp: {
    part: 'main',
    read: matching(/^\d{4}[\dA-Z]{2}\d{3}$/, 'kpp', (text) =>
      text.replaceAll(/[^\dA-Za-z]/g, '').toUpperCase(),
    ),
  },
  ogrn: { part: 'main', read: readOgrn },
  legalAddress: { part: 'main', read: textUpTo(300) },
  postalAddress: { part: 'main', read: textUpTo(300) },
  website: { part: 'main', read: readWebsite },
  bank: { part: 'bank', read: textUpTo(200) },
  bik: { part: 'bank', read: matching(/^\d{9}$/, 'bik') },
  account: { part: 'bank', secret: true, read: readAccount },
  correspondent: { part: 'bank', secret: true, read: readAccount },
} as const satisfies Record<string, FieldSpec>;

export type CompanyField = keyof typeof companyFields;
export const companyFieldNames = Object.keys(companyFields) as CompanyField[];

export function isCompanyField(text: string): text is CompanyField {
  return Object.hasOwn(companyFields, text);
}

/** What the table says of a field; wider than its own literal type. */
export function specOfField(field: CompanyField): FieldSpec {
  return companyFields[field];
}

/** What does not fit together although each value is right: account and BIK. */
export function misfit(fields: CompanyFields): { field: CompanyField; fault: Fault } | undefined {
  const { bik, account, correspondent } = fields;
  if (bik !== undefined && account !== undefined && !accountFits(bik, account))
    return { field: 'account', fault: { code: 'accountBik' } };
  if (bik !== undefined && correspondent !== undefined && !accountFits(bik, correspondent, true))
    return { field: 'correspondent', fault: { code: 'correspondentBik' } };
  return undefined;
}

function textUpTo(most: number): (text: string) => Read {
  return (text) => {
    const value = text.trim().replaceAll(/\s+/g, ' ');
    if (value === '') return { ok: false, fault: { code: 'empty' } };
    if (value.length > most) return { ok: false, fault: { code: 'tooLong', params: { most } } };
    return { ok: true, value };
  };
}

function matching(form: RegExp, code: 'kpp' | 'bik', clean = digitsOf): (text: string) => Read {
  return (text) => {
    const value = clean(text);
    return form.test(value) ? { ok: true, value } : { ok: false, fault: { code } };
  };
}

function readAccount(text: string): Read {
  const digits = digitsOf(text);
  return digits.length === 20
    ? { ok: true, value: digits }
    : { ok: false, fault: { code: 'accountCount', params: { count: digits.length } } };
}

/** An address as people write it, mostly without its scheme. */
function readWebsite(text: string): Read {
  const said = text.trim();
  const value = /^https?:\/\//i.test(said) ? said : `https://${said}`;
  const right = isLink(value) && URL.canParse(value) && value.length <= 300 && /\.\p{L}{2,}/u.test(value);
  return right ? { ok: true, value } : { ok: false, fault: { code: 'website' } };
}
