import type { Person, Simulator } from './simulator.ts';
import { label, worded } from './worded.ts';

/** Somebody who has answered every question of the demo's driver, and has heard that the answers will be looked at. */
export async function screenedDriver(
  sim: Simulator,
  { name, phone, city = 'Москва' }: { name: string; phone: string; city?: string },
): Promise<Person> {
  const person = await sim.newPerson(name, 'ru', phone);
  await person.say(`/start ${await sim.startOf('Водитель')}`);
  await person.tap(label('candidate.consent.yes'));
  await person.tap(label('candidate.button.yes'));
  await person.say('5 лет');
  await person.tap('Грузовик');
  await person.tap(label('candidate.button.done'));
  await person.say(city);
  await person.send({ contact: true });
  await person.tap(label('candidate.button.skip'));
  await person.sees(worded('candidate.screened'));
  return person;
}
