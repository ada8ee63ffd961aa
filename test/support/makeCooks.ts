import type { Person, Seen } from './simulator.ts';
import type { RunningProduct } from './startProduct.ts';
import { label, worded } from './worded.ts';

export interface Cooks {
  /** Consent given, the first question open. */
  begun(name: string): Promise<Person>;
  /** Everything answered, the choice of a day open. */
  screened(name: string): Promise<Person>;
  /** …and the first time of the first day taken. `start`: milliseconds of UTC. */
  booked(name: string): Promise<{ person: Person; start: number }>;
}

/** People who apply for the demo's cook, the vacancy that invites by itself. Each has a phone number of their own. */
export async function makeCooks(product: RunningProduct, series: number): Promise<Cooks> {
  const { sim } = product;
  const link = (await sim.demo()).vacancies.find(({ title }) => title.includes('Повар'))?.start ?? '';
  let count = 0;
  const begun = async (name: string): Promise<Person> => {
    count += 1;
    const phone = `+7916${series}${String(count).padStart(4, '0')}`;
    const person = await sim.newPerson(name, 'ru', phone);
    await person.say(`/start ${link}`);
    await person.tap(label('candidate.consent.yes'));
    return person;
  };
  const screened = async (name: string): Promise<Person> => {
    const person = await begun(name);
    await person.tap('2/2');
    await person.say('3 года');
    await person.tap(label('candidate.button.yes'));
    await person.say('завтра');
    await person.send({ contact: true });
    await person.sees(worded('candidate.slot.day'));
    return person;
  };
  return {
    begun,
    screened,
    booked: async (name) => {
      const person = await screened(name);
      return { person, start: await takeFirst(person) };
    },
  };
}

/** The first time of the first day that is offered. */
async function takeFirst(person: Person): Promise<number> {
  const first = (message: Seen): string => message.buttons[0]?.[0]?.data ?? '';
  const days = await person.last();
  await person.tapData(days.id, first(days));
  const times = await person.sees(worded('candidate.slot.time'));
  await person.tapData(times.id, first(times));
  await person.sees(worded('candidate.slot.booked'));
  return Number(first(times).split(':').at(-1));
}
