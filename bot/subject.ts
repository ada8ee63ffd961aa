import type { Application, Candidate } from '../flows/candidate.ts';
import { followCard } from '../models/followCard.ts';
import { theApplication } from './act.ts';
import { toast } from './reply.ts';
import type { StaffContext } from './staffContext.ts';

/** From whose card a person is looked at: an application's, or their own while they are on no vacancy. */
export interface Subject {
  candidate: Candidate;
  application?: Application;
}

/** A button of the subject: `s:<verb>:<application>[:…]`, or `c:<verb>:<candidate>[:…]` without an application. */
export function dataOf({ candidate, application }: Subject, verb: string, ...rest: string[]): string {
  const [prefix, id] = application ? ['s', application.id] : ['c', candidate._id];
  return [prefix, verb, id, ...rest].join(':');
}

/** The button that opens their card as a new message. */
export function openData(subject: Subject): string {
  return dataOf(subject, subject.application ? 'card' : 'person');
}

/** The subject a button of an application names; says so kindly when it is gone. */
export async function subjectOfApplication(ctx: StaffContext, id: string): Promise<Subject | undefined> {
  const found = await theApplication(ctx, id);
  return found && { candidate: found.candidate, application: found.application };
}

/** The subject a button of a person names: their latest application, where they have one by now. */
export async function subjectOfPerson(ctx: StaffContext, id: string): Promise<Subject | undefined> {
  const candidate = await followCard(ctx.staff.db, id);
  if (!candidate) await toast(ctx, 'staff.toast.stale', undefined, true);
  return candidate && subjectOf(candidate);
}

/** A person as they are best looked at. */
export function subjectOf(candidate: Candidate): Subject {
  const application = candidate.applications.at(-1);
  return { candidate, ...(application && { application }) };
}
