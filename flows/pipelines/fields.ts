import type { Application } from '../candidate.ts';
import { ownForm } from './stages.ts';

/**
 * What may be asked for before a stage can be left. `interview`, `attendance` and `reason` stand where they always
 * did; the others are kept under `application.fields`, as are the agency's own (`own:<code>`).
 */
export const builtInFields = {
  interview: 'elsewhere',
  attendance: 'elsewhere',
  reason: 'elsewhere',
  clientFeedback: 'text',
  candidateFeedback: 'text',
  clientDecision: 'choice',
  offerDate: 'date',
  startDate: 'date',
  firstDayClient: 'text',
  firstDayCandidate: 'text',
  assessment: 'text',
  dismissedAt: 'date',
  dismissReason: 'text',
  price: 'number',
  currency: 'text',
  contract: 'link',
  terms: 'text',
} as const;

export type BuiltInField = keyof typeof builtInFields;
/** Their names, for a schema. */
export const fieldNames = Object.keys(builtInFields) as BuiltInField[];
export type FieldId = BuiltInField | `own:${string}`;
export type FieldKind = 'text' | 'number' | 'date' | 'link' | 'choice' | 'elsewhere';

/** A value that somebody gave; a date is the start of that day in the giver's zone, in milliseconds. */
export interface FieldValue {
  value: string | number;
  by: string;
  at: number;
}

export function isField(text: string): text is FieldId {
  return Object.hasOwn(builtInFields, text) || ownForm.test(text);
}

/** Which of the wanted fields an application still lacks, in the order they were asked for. */
export function missingFields(application: Application, wanted: readonly FieldId[]): FieldId[] {
  return wanted.filter((field) => {
    if (field === 'interview') return !application.interview;
    if (field === 'attendance') return application.interview?.attendance === undefined;
    if (field === 'reason') return !application.refusal;
    return application.fields?.[field] === undefined;
  });
}
