import type { Application, Candidate } from '../flows/candidate.ts';
import type { Event } from '../flows/event.ts';
import type { Group } from '../flows/groups/group.ts';
import type { Database } from '../models/database.ts';
import type { Desk } from './desk.ts';
import type { FactReader } from './readFacts.ts';

type Deps = {
  db: Pick<Database, 'groups' | 'candidates'>;
  desk: Desk;
  reader: Pick<FactReader, 'groups'>;
};

/**
 * Carry what was changed of a group to everybody who is in it, waits for it or was asked into it: each is an event of
 * theirs with an id of its own, so a crash in the middle tells the rest later and nobody twice.
 */
export async function tellGroups({ db, desk, reader }: Deps): Promise<void> {
  for (const group of await reader.groups()) {
    if (!group.untold) continue;
    const people = await db.candidates.find({ 'applications.group.id': group._id }).toArray();
    for (const person of people)
      for (const application of person.applications)
        if (application.group?.id === group._id) await tell(desk, group, person, application);
    await db.groups.updateOne(
      { _id: group._id, version: group.version },
      { $unset: { untold: 1 }, $set: { told: group.version } },
    );
  }
}

async function tell(desk: Desk, group: Group, person: Candidate, application: Application): Promise<void> {
  const base = (part: string) => ({
    id: `group:${group._id}:${part}:${application.id}`,
    application: application.id,
  });
  const events: Event[] = [
    ...group.texts
      .filter(({ version, to }) => version > group.told && (to === 'cards' || isIn(application)))
      .map(({ version, by, text, to }) => ({
        ...base(`text${version}`),
        type: 'groupText' as const,
        by,
        text,
        to,
      })),
    { ...base(`v${group.version}`), type: 'groupChanged', by: 'bot', group: group._id },
  ];
  // A refusal is an answer: whoever wrote it has left, or the application is gone.
  for (const event of events) await desk.perform(person._id, event);
}

/** In it, or waiting for a place: others have nothing to hear but that it was moved or called off. */
function isIn({ group }: Application): boolean {
  return group?.state === 'booked' || group?.state === 'waiting';
}
