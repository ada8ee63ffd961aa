/** A quick answer of the agency: its text has fields in square brackets, with a case after the name's. */
export interface Template {
  _id: string;
  title: string;
  /** By language; Russian is always there. */
  text: { ru: string } & Record<string, string>;
  by: string;
  createdAt: number;
}

/** What can stand in a text. The words for them are the lexicon's, any language in any text. */
export const templateFields = [
  'name',
  'fullName',
  'vacancy',
  'when',
  'address',
  'link',
  'recruiter',
] as const;
export type TemplateField = (typeof templateFields)[number];

/** The cases of a Russian name: whom is there not, to whom, whom, by whom, about whom. */
export const nameCases = ['genitive', 'dative', 'accusative', 'instrumental', 'prepositional'] as const;
export type NameCase = (typeof nameCases)[number];

/** The words of the fields and of the cases, in lower case. */
export interface TemplateWords {
  fields: Record<TemplateField, string[]>;
  cases: Record<NameCase, string[]>;
}

/** What a field is for this candidate; undefined when nothing is known. */
export type TemplateValues = (field: TemplateField, nameCase: NameCase | undefined) => string | undefined;

/** The text as it would be sent, with what is not known of this candidate and what is no field at all. */
export interface Filled {
  text: string;
  missing: TemplateField[];
  unknown: string[];
}

/** What stands between brackets: a field, and a case behind it. */
const brackets = /\[([^[\]]{1,40})\]/g;

export function fillTemplate(text: string, words: TemplateWords[], values: TemplateValues): Filled {
  const missing = new Set<TemplateField>();
  const unknown = new Set<string>();
  const filled = text.replaceAll(brackets, (whole, inside: string) => {
    const found = readField(inside, words);
    if (!found) {
      unknown.add(whole);
      return whole;
    }
    const value = values(found.field, found.nameCase);
    if (value === undefined) missing.add(found.field);
    return value ?? whole;
  });
  return { text: filled, missing: [...missing], unknown: [...unknown] };
}

/** What is between brackets, as people write it: the name of a field in one of our languages, a case or none. */
function readField(
  inside: string,
  words: TemplateWords[],
): { field: TemplateField; nameCase: NameCase | undefined } | undefined {
  const said = inside.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  for (const { fields, cases } of words) {
    for (const field of templateFields) {
      if (fields[field].includes(said)) return { field, nameCase: undefined };
      const name = fields[field].find((word) => said.startsWith(`${word} `));
      if (name === undefined) continue;
      const nameCase = nameCases.find((one) => cases[one].includes(said.slice(name.length + 1)));
      if (nameCase && (field === 'name' || field === 'fullName')) return { field, nameCase };
    }
  }
  return undefined;
}
