import type { Candidate, Stage } from '../../flows/candidate.ts';
import type { LedgerRow } from '../../models/rows.ts';
import type { PeopleWatch } from './people.ts';

/** What a send that is under way may still not know, in milliseconds of true time. */
const underWay = 5_000;

/** Messages that speak of a stage: they must not leave when it is another by then. */
const stages: Record<string, Stage[]> = {
  'candidate.reserved': ['reserve'],
  'candidate.passed': ['agreeing'],
  'candidate.invited': ['invited', 'interview'],
  'candidate.refusal': ['refused'],
  'late.starting': ['starting'],
  'late.tomorrow': ['starting'],
  'late.works': ['work'],
  'late.hired': ['hired'],
};

/** Why a message should not leave any more; undefined when its reason stands. */
export function reasonGone(
  row: LedgerRow,
  person: Candidate | undefined,
  people: PeopleWatch,
  machineNow: number,
  now: number,
): string | undefined {
  if (!row.to || !('candidate' in row.to)) return undefined;
  const since = people.stoppedSince(row.to.candidate);
  if (row.prompt !== true && since !== undefined && since < now - underWay) return 'they wrote /stop';
  const known = row.application === undefined ? undefined : people.application(row.application);
  if (!known) return undefined;
  if (
    row.interviewVersion !== undefined &&
    known.version !== row.interviewVersion &&
    known.versionSince < now - underWay
  )
    return `interview version ${known.version}, not ${row.interviewVersion}`;
  if (row._id.startsWith('reminder:')) {
    const start = person?.applications.find(({ id }) => id === row.application)?.interview?.start;
    if (start !== undefined && start < machineNow - underWay) return 'the meeting has begun';
  }
  if (row.message?.key === 'late.pick' && !known.picks && known.picksSince < now - underWay)
    return 'there is no time to pick any more';
  const wanted = stages[row.message?.key ?? ''];
  if (wanted && !wanted.includes(known.stage) && known.stageSince < now - underWay)
    return `the application is in ${known.stage}`;
  return undefined;
}
