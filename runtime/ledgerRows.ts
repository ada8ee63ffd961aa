import type { Candidate } from '../flows/candidate.ts';
import type { Effect, Notify } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { afterQuiet } from '../flows/quietHours.ts';
import type { LedgerRow } from '../models/rows.ts';

/** A message as the ledger keeps it until it has an end. `now` in milliseconds of UTC. */
export function messageRow(notify: Notify, state: Candidate, now: number, quiet: Policy['quiet']): LedgerRow {
  const wished = Math.max(notify.notBefore ?? now, now);
  // Members get theirs at once, at night without a sound: a lead that waits until morning is a late one.
  const candidate = 'candidate' in notify.to && !notify.prompt;
  const leaves = candidate ? afterQuiet(wished, state.zone, quiet) : wished;
  const { key, to, message, place, anew, interviewVersion, stages, forget, prompt } = notify;
  const { only, copyOf, bulk, broadcast, mark, offer } = notify;
  // What does not arrive becomes a task of somebody: each message to a person is about one application of theirs.
  const application =
    notify.application ??
    ('candidate' in to ? (state.dialog?.application ?? state.applications.at(-1)?.id) : undefined);
  return {
    _id: key,
    kind: 'out',
    at: now,
    candidate: state._id,
    to,
    message,
    status: 'pending',
    prompt,
    ...(leaves > now && { notBefore: leaves }),
    ...(application && { application }),
    ...(place && { place }),
    ...(anew && { anew }),
    ...(interviewVersion !== undefined && { interviewVersion }),
    ...(stages && { stages }),
    ...(forget && { forget }),
    ...(only && { only }),
    ...(copyOf && { copyOf }),
    ...(bulk && { bulk }),
    ...(broadcast && { broadcast }),
    ...(mark !== undefined && { mark }),
    ...(offer && { offer }),
  };
}

/** What the candidate wrote or pressed, for the history; nothing is kept before consent. */
export function heardRows(state: Candidate, event: Event | undefined, at: number): LedgerRow[] {
  if (!event || !state.consent) return [];
  if (event.type !== 'messageArrived' && event.type !== 'buttonTapped') return [];
  const text = event.type === 'messageArrived' ? (event.text ?? event.contact?.phone) : event.label;
  const application = state.applications.at(-1)?.id;
  return [
    {
      _id: `in:${event.id}`,
      kind: 'in',
      at,
      candidate: state._id,
      ...(application && { application }),
      text: text ?? (event.type === 'messageArrived' ? `[${event.kind}]` : ''),
      ...(event.type === 'messageArrived' && event.file && { file: event.file }),
    },
  ];
}

/** A fact of the decision, for the history. */
export function factRow(fact: Extract<Effect, { type: 'fact' }>, state: Candidate, at: number): LedgerRow {
  const { key, what, application, by, params } = fact;
  return {
    _id: key,
    kind: 'fact',
    at,
    candidate: state._id,
    what,
    ...(application && { application }),
    ...(by && { by }),
    ...(params && { params }),
  };
}
