import type { CompanyChange } from './companyCommand.ts';
import { type CompanyField, companyFieldNames, misfit, specOfField } from './companyFields.ts';
import { type CompanyRefusal, type CompanyTurn, wrongValue } from './companyTurn.ts';

/** Put values down, all or none; a wrong one is refused by its name. */
export function changeFields(turn: CompanyTurn, set: CompanyChange): CompanyRefusal {
  const { fields } = turn.company;
  for (const field of companyFieldNames) {
    const given = set[field];
    if (given === undefined) continue;
    if (given === null) {
      if (field === 'name') return wrongValue(field, { code: 'empty' });
      drop(turn, field);
      continue;
    }
    const read = specOfField(field).read(given);
    if (!read.ok) return wrongValue(field, read.fault);
    if (fields[field] === read.value) continue;
    fields[field] = read.value;
    const name = { key: `company.field.${field}` };
    turn.fact('companyFieldSet', { field: name, value: shown(field, read.value) });
    turn.act({ key: 'company.act.field', params: { field: name } });
  }
  const wrong = misfit(fields);
  return wrong && wrongValue(wrong.field, wrong.fault);
}

function drop(turn: CompanyTurn, field: Exclude<CompanyField, 'name'>): void {
  if (turn.company.fields[field] === undefined) return;
  const { [field]: gone, ...rest } = turn.company.fields;
  turn.company.fields = rest;
  const name = { key: `company.field.${field}` };
  turn.fact('companyFieldDropped', { field: name, value: shown(field, gone ?? '') });
  turn.act({ key: 'company.act.field', params: { field: name } });
}

/** As the history tells it: of an account only its end. */
function shown(field: CompanyField, value: string): string {
  return specOfField(field).secret ? `…${value.slice(-4)}` : value;
}
