import type { z } from 'zod';
import type { GroupFacts } from '../../runtime/readGroup.ts';
import type { groupSchema, groupWithPeopleSchema } from '../schemas/groupSchema.ts';
import { toIso, toIsoIf } from '../toIso.ts';

/** A group as a list has it. */
export function groupView({ group, people, taken }: GroupFacts): z.output<typeof groupSchema> {
  const { _id, kind, vacancy, start, minutes, places, format, place, host, cancelled } = group;
  return {
    id: _id,
    kind,
    vacancy,
    start: toIso(start),
    minutes,
    places,
    taken,
    waiting: people.filter(({ state }) => state === 'waiting').length,
    format,
    place,
    host,
    cancelled: toIsoIf(cancelled),
  };
}

/** A group with its people. */
export function groupWithPeopleView(facts: GroupFacts): z.output<typeof groupWithPeopleSchema> {
  return {
    ...groupView(facts),
    people: facts.people.map(({ candidate, application, state }) => ({
      application: application.id,
      candidate: candidate._id,
      name: candidate.name,
      state,
    })),
  };
}
