import { freeSlots } from '../../flows/freeSlots.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { VirtualDatabase } from '../database/virtualDatabase.ts';
import type { Case } from '../people/recruiter.ts';
import type { Agency } from './agency.ts';
import type { Random } from './random.ts';

/** A window a recruiter would see as free. */
export function aFreeSlot(
  { application }: Case,
  database: VirtualDatabase,
  { members, vacancies, policy }: Agency,
  now: number,
  random: Random,
): { interviewer: string; start: number; format: Vacancy['formats'][number] } | undefined {
  const vacancy = vacancies.find(({ _id }) => _id === application.vacancy);
  const interviewers = members.filter(({ _id }) => vacancy?.interviewers.includes(_id));
  const booked = new Map(
    interviewers.map(({ _id }) => [
      _id,
      database.memory.slots
        .find({ interviewer: _id, start: { $gte: now - 86_400_000 } })
        .map(({ start }) => Number(start)),
    ]),
  );
  const free = freeSlots(interviewers, booked, policy.slot, now).slice(0, 40);
  const format = vacancy?.formats[0];
  return free.length === 0 || !format ? undefined : { ...random.pick(free), format };
}
