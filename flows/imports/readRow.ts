import { parseEmail } from '../parseEmail.ts';
import type { ImportField, ImportStage, Mapping } from './mapping.ts';
import type { Layout } from './layout.ts';
import { phonesIn } from './phonesIn.ts';
import { meaning, plainText } from './plainText.ts';
import { properName } from './properName.ts';
import { tableDate } from './tableDate.ts';
import type { TableContext } from './tableContext.ts';

/** A cell that goes into the note, under its heading. */
export interface Line {
  heading: string;
  value: string;
}

/** A field of a person as it was read; `line` is what stood in the table, for when the field is filled already. */
export interface Read<Value = string> {
  value: Value;
  line: Line;
}

/** What a row says of a person. Whatever is in no field, or was not understood whole, stands in `note`. */
export interface ReadRow {
  name?: Read;
  phone?: Read;
  /** Every number of the row: whom they belong to is known already. */
  phones: string[];
  email?: Read;
  username?: Read;
  city?: Read;
  /** IANA, of a city we know. */
  zone?: string;
  /** ISO date. */
  birthday?: Read;
  vacancy?: Read;
  stage?: Read<ImportStage>;
  source?: Read;
  recruiter?: Read;
  appliedAt?: Read<number>;
  /** When somebody is to be met who is in no calendar here yet: only while that is to come. */
  interviewAt?: Read<number>;
  note: Line[];
  /** What was not understood, by its field: `import.doubt.<field>`. */
  doubts: ImportField[];
}

/** Why a row makes nobody: its words are `import.row.<code>`. */
export type RowFault = 'empty' | 'heading' | 'total' | 'nobody' | 'tooLong' | 'skipped';

/** The longest row, in characters: nobody writes more of a person into a table, and a document must hold it. */
const longest = 30_000;

type Reader = (row: ReadRow, line: Line, context: TableContext, mapping: Mapping) => boolean;

/** Read one row by the mapping. Pure, and the same for the dry run and for the import itself. */
export function readRow(
  cells: string[],
  { headings }: Pick<Layout, 'headings'>,
  mapping: Mapping,
  context: TableContext,
): ReadRow | RowFault {
  const lines = cells.flatMap((value, column): (Line & { field: ImportField })[] => {
    const field = mapping.columns[column] ?? 'note';
    return value === '' || field === 'skip' ? [] : [{ heading: headings[column] ?? '', value, field }];
  });
  if (lines.length === 0) return 'empty';
  if (lines.every(({ heading, value }) => plainText(heading) === plainText(value))) return 'heading';
  if (lines.reduce((sum, { value }) => sum + value.length, 0) > longest) return 'tooLong';
  const row: ReadRow = { phones: [], note: [], doubts: [] };
  const names: Line[] = [];
  for (const { field, ...line } of lines) {
    if (nameFields.has(field)) names.push(line);
    else if (!readers[field]?.(row, line, context, mapping)) row.note.push(line);
  }
  readName(row, names);
  const found = row.phone ?? row.email ?? row.username;
  if (!found && isTotal(lines[0]?.value ?? '', context)) return 'total';
  if (!found && !row.name) return 'nobody';
  if (row.vacancy?.value === 'skip') return 'skipped';
  return row;
}

const nameFields: ReadonlySet<ImportField> = new Set<ImportField>([
  'name',
  'surname',
  'firstName',
  'patronymic',
]);

function readName(row: ReadRow, lines: Line[]): void {
  const name = properName(lines.map(({ value }) => value).join(' '));
  if (!/\p{L}{2}/u.test(name) || name.length > 100) return void row.note.push(...lines);
  // An e-mail, a link, a phone beside the name: not a part of it.
  const clean = /^[\p{L}\s.,'()-]+$/u.test(name);
  if (!clean) row.note.push(...lines);
  const value = clean ? name : properName(name.replaceAll(/[^\p{L}\s.'-]+/gu, ' '));
  const [first = { heading: '', value }] = lines;
  row.name = { value, line: { heading: first.heading, value: lines.map((one) => one.value).join(' ') } };
}

/** How each field is read; `false`: the cell goes into the note as it is. */
const readers: Partial<Record<ImportField, Reader>> = {
  phone: (row, line, { phone }) => {
    const { phones, whole } = phonesIn(line.value, phone);
    const [first] = phones;
    row.phones.push(...phones);
    if (first === undefined && /\d/.test(line.value)) row.doubts.push('phone');
    if (first === undefined || row.phone) return false;
    row.phone = { value: first, line };
    return whole && phones.length === 1;
  },
  email: (row, line) => {
    const email = parseEmail(line.value);
    if (email === undefined && line.value.includes('@')) row.doubts.push('email');
    if (email === undefined || row.email) return false;
    row.email = { value: email, line };
    return line.value.trim().toLowerCase() === email;
  },
  telegram: (row, line) => {
    const name = /^(?:https?:\/\/)?(?:t\.me\/|@)?([a-z]\w{4,31})\/?$/i.exec(line.value.trim())?.[1];
    if (name === undefined || row.username) return false;
    row.username = { value: name, line };
    return true;
  },
  city: (row, line, { cities }) => {
    if (line.value.length > 60) return false;
    const bare = line.value.replace(townMark, '');
    const zone = cities.get(plainText(bare));
    row.city = { value: properName(zone ? bare : line.value), line };
    if (zone) row.zone = zone;
    return true;
  },
  birthday: (row, line, context) => {
    const read = tableDate(line.value, { ...context, past: true });
    const iso = read && within(read.date.year, context.now) ? read.date.toISODate() : null;
    if (!iso && /\d/.test(line.value)) row.doubts.push('birthday');
    if (!iso || row.birthday) return false;
    row.birthday = { value: iso, line };
    return read?.hasTime === false;
  },
  appliedAt: (row, line, context) => {
    const read = tableDate(line.value, { ...context, past: true });
    const at = read?.date.plus({ hours: read.hasTime ? 0 : 12 }).toMillis();
    if (at === undefined || at > context.now + day) return false;
    row.appliedAt = { value: at, line };
    return true;
  },
  // A table knows neither the window nor who holds it: the words stay in the note, the time makes a task of it.
  interviewAt: (row, line, context) => {
    const read = tableDate(line.value, { ...context, past: false });
    const until = read?.hasTime ? read.date : read?.date.endOf('day');
    if (!read || !until || until.toMillis() <= context.now) return false;
    row.interviewAt = { value: read.date.plus({ hours: read.hasTime ? 0 : 12 }).toMillis(), line };
    return false;
  },
  vacancy: (row, line, { vacancies }, mapping) => {
    const value = plainText(line.value).slice(0, 300);
    const to = mapping.vacancies.find((one) => one.value === value)?.to ?? 'none';
    if (to === 'none') return false;
    row.vacancy = { value: to, line };
    return isNamed(line.value, vacancies.find(({ id }) => id === to)?.names);
  },
  stage: (row, line, { stages }, mapping) => {
    const value = plainText(line.value).slice(0, 300);
    const to = mapping.stages.find((one) => one.value === value)?.to ?? 'none';
    if (to === 'none') return false;
    row.stage = { value: to, line };
    return isNamed(line.value, stages.find(({ id }) => id === to)?.names);
  },
  source: (row, line, { sources }) => {
    if (line.value.length > 40 || row.source) return false;
    const known = meaning(line.value, sources);
    row.source = { value: known ?? line.value.trim(), line };
    return known === undefined || isNamed(line.value, [known, ...sources.flatMap((one) => one[known] ?? [])]);
  },
  recruiter: (row, line, { recruiters }) => {
    const said = plainText(line.value).split(' ');
    const fits = recruiters.filter(({ names }) =>
      names.some((name) => {
        const words = plainText(name).split(' ');
        return said.every((word) => words.includes(word));
      }),
    );
    const [one, ...others] = fits;
    if (!one || others.length > 0) return false;
    row.recruiter = { value: one.id, line };
    return isNamed(line.value, one.names);
  },
};

const day = 86_400_000;

/** A letter or two and a dot before a town: what kind of place it is. */
const townMark = /^\p{L}{1,3}\.\s*/u;

/** Nobody is older than 100 years, and nobody younger than 12 looks for work. */
function within(year: number, now: number): boolean {
  const thisYear = new Date(now).getUTCFullYear();
  return year > thisYear - 100 && year < thisYear - 12;
}

function isNamed(value: string, names: string[] = []): boolean {
  return names.some((name) => plainText(name) === plainText(value));
}

function isTotal(value: string, { totals }: TableContext): boolean {
  const plain = plainText(value);
  return totals.some((word) => plain === word || plain.startsWith(`${word} `));
}
