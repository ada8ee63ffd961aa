import type { Keep } from '../../flows/joining/joining.ts';
import type { Candidate } from '../../flows/candidate.ts';
import type { World } from './factory.ts';

const elders: Keep = { name: 'elder', phone: 'elder' };

/** The younger card is joined to the elder, step by step, as the runtime does it. @returns 'done' or the refusal */
export function join(elder: World, younger: World, by = 'head', keep = elders): string {
  const frozen = younger.happens({ type: 'joinInto', by, into: elder.state._id, keep });
  if (!frozen.ok) return frozen.code;
  const { merged, ...rest } = younger.state;
  const person: Candidate = { ...rest, channels: merged?.channels ?? [] };
  const event = merged?.event ?? '';
  const taken = elder.happens({ type: 'absorbed', by, from: person._id, event, keep, person });
  younger.happens({ type: taken.ok ? 'joinDone' : 'joinRefused' });
  if (!taken.ok) return taken.code;
  // What rings for an address rings where it leads.
  for (const [key, alarm] of younger.alarms) elder.alarms.set(key, alarm);
  for (const key of elder.last.flatMap((one) => (one.type === 'cancel' ? [one.key] : [])))
    elder.alarms.delete(key);
  younger.alarms.clear();
  return 'done';
}

/** …and taken back. */
export function part(elder: World, younger: World, by = 'head'): string {
  const asked = younger.happens({ type: 'partFrom', by });
  if (!asked.ok) return asked.code;
  const given = elder.happens({
    type: 'parting',
    by,
    from: younger.state._id,
    event: younger.state.merged?.parting?.event ?? '',
  });
  const { handing } = elder.state;
  if (!given.ok || !handing) {
    younger.happens({ type: 'partRefused' });
    return given.ok ? 'nothing' : given.code;
  }
  younger.happens({ type: 'parted', by, person: handing.person, ended: handing.ended });
  elder.happens({ type: 'handedOver', from: younger.state._id });
  const theirs = new Set(younger.state.applications.map(({ id }) => id));
  for (const [key, alarm] of elder.alarms)
    if (theirs.has(alarm.timer.application)) younger.alarms.set(key, alarm);
  for (const key of younger.alarms.keys()) elder.alarms.delete(key);
  return 'done';
}
