import type { Application, Candidate } from '../../flows/candidate.ts';
import type { Event } from '../../flows/event.ts';
import { Turn } from '../../flows/turn.ts';
import type { PageDeps } from './pageDeps.ts';

/** A page as its link names it, on a turn that is thrown away. */
export interface Opened {
  ok: true;
  turn: Turn;
  person: Candidate;
  application: Application;
}

/** Whose page a link opens; it may be wrong, too old, or of somebody who is gone. */
export async function openPage(
  deps: PageDeps,
  token: string,
): Promise<Opened | { ok: false; why: 'wrong' | 'expired' }> {
  const read = deps.links.read(token);
  if (!read.ok) return read;
  const person = await deps.db.candidates.findOne({ 'applications.id': read.application });
  const application = person?.applications.find(({ id }) => id === read.application);
  if (!person || !application) return { ok: false, why: 'expired' };
  const event = pressed(person, application, '', deps.clock.id());
  const turn = new Turn(person, event, await deps.reader.facts(person, event), deps.clock.now());
  return { ok: true, turn, person, application };
}

/** A press on the page as an event. @param once the same again is the same press */
export function pressed(person: Candidate, application: Application, data: string, once: string): Event {
  const [reach = { channel: 'email' as const, address: '' }] = person.channels;
  const { channel, address } = reach;
  const id = `page:${application.id}:${once}`;
  return { id, type: 'buttonTapped', page: true, reach: { channel, address }, person: {}, data };
}
