import type { CompanyChange } from './companyCommand.ts';
import { type CompanyField, companyFieldNames, misfit, specOfField } from './companyFields.ts';
import { type CompanyRefusal, type CompanyTurn, wrongValue } from './companyTurn.ts';

/** Put values down, all or none; a wrong one is refused by its name. */
export function changeFields(turn: CompanyTurn, set: CompanyChange): CompanyRefusal {
  const changed: CompanyField[] = [];
  for (const field of companyFieldNames) {
    const given = set[field];
    if (given === undefined) continue;
    if (given === null) {
      if (field === 'name') return wrongValue(field, { code: 'empty' });
      if (drop(turn, field)) changed.push(field);
      continue;
    }
    const read = specOfField(field).read(given);
    if (!read.ok) return wrongValue(field, read.fault);
    if (turn.company.fields[field] === read.value) continue;
    turn.company.fields[field] = read.value;
    turn.fact('companyFieldSet', {
      field: { key: `company.field.${field}` },
      value: shown(field, read.value),
    });
    changed.push(field);
  }
  const [only] = changed;
  if (only !== undefined)
    turn.act(
      changed.length === 1
        ? { key: 'company.act.field', params: { field: { key: `company.field.${only}` } } }
        : { key: 'company.act.fields' },
    );
  const wrong = misfit(turn.company.fields);
  return wrong && wrongValue(wrong.field, wrong.fault);
}

/** @returns whether there was one */
function drop(turn: CompanyTurn, field: Exclude<CompanyField, 'name'>): boolean {
  if (turn.company.fields[field] === undefined) return false;
  const { [field]: gone, ...rest } = turn.company.fields;
  turn.company.fields = rest;
  turn.fact('companyFieldDropped', {
    field: { key: `company.field.${field}` },
    value: shown(field, gone ?? ''),
  });
  return true;
}

/** As the history tells it: of an account only its end. */
function shown(field: CompanyField, value: string): string {
  return specOfField(field).secret ? `…${value.slice(-4)}` : value;
}
