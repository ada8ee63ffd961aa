import type { Application } from '../candidate.ts';
import { fieldKind, fieldName, missingLines } from './fieldName.ts';
import type { StaffCommand } from '../event.ts';
import { isLink } from '../isLink.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { clientSaid } from '../late/afterMeeting.ts';
import { armFirstDay } from '../late/atWork.ts';
import { keepField } from './keepField.ts';
import { missingFields } from './fields.ts';
import type { Outcome } from './pipeline.ts';

type Of<T extends StaffCommand['type']> = Extract<StaffCommand, { type: T }>;

/** Within so many milliseconds the same value of the same person is the same press. */
const doubleTap = 60_000;

/** May this result be given now? What it needs has to be known first; the answer names what is not. */
export function outcomeOf(
  turn: Turn,
  application: Application,
  id: string,
): Outcome | Exclude<Refused, undefined> {
  const outcome = turn.spec(application).outcomes.find((one) => one.id === id);
  if (!outcome) return { code: 'noSuchOutcome', params: { stage: turn.stageName(application) } };
  const missing = missingFields(application, outcome.needs);
  if (missing.length === 0) return outcome;
  return { code: 'missing', params: { fields: missingLines(turn.facts.pipelines, application, missing) } };
}

/** Put down what was learnt. A value of the wrong kind is refused with what was expected. */
export function setField(
  turn: Turn,
  application: Application,
  { by, field, value }: Of<'setField'>,
): Refused {
  const kind = fieldKind(turn.facts.pipelines, application, field);
  if (kind === undefined || kind === 'elsewhere' || !fits(kind, value))
    return { code: 'badValue', params: { field: fieldName(turn.facts.pipelines, application, field) } };
  const kept = typeof value === 'string' ? value.trim().slice(0, 2_000) : value;
  const before = application.fields?.[field];
  // The second press of a double tap. Later the same may be said of another meeting.
  if (before?.value === kept && before.by === by && turn.now - before.at < doubleTap) return undefined;
  keepField(turn, application, field, kept, by, kind === 'date' ? { at: Number(value), as: 'date' } : value);
  if (turn.member(by)?.role === 'client') clientSaid(turn, application, field);
  if (field === 'startDate' && application.stage === 'starting') armFirstDay(turn, application);
  return undefined;
}

function fits(kind: string, value: string | number): boolean {
  if (kind === 'date') return typeof value === 'number' && Number.isFinite(value) && value > 0;
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e12;
  if (typeof value !== 'string' || value.trim() === '') return false;
  return kind !== 'link' || isLink(value.trim());
}
