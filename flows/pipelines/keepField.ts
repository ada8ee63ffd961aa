import type { Application } from '../candidate.ts';
import type { Param } from '../effect.ts';
import type { Turn } from '../turn.ts';
import { fieldName } from './fieldName.ts';
import type { FieldId } from './fields.ts';

/** Put a value down under its field, and into the history. @param shown how the history tells it */
export function keepField(
  turn: Turn,
  application: Application,
  field: FieldId,
  value: string | number,
  by: string,
  shown: Param = value,
): void {
  application.fields = { ...application.fields, [field]: { value, by, at: turn.now } };
  turn.fact('fieldSet', application.id, by, {
    field: fieldName(turn.facts.pipelines, application, field),
    value: shown,
  });
}
