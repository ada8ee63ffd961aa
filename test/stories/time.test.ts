import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { screenedDriver } from '../support/screenedDriver.ts';
import type { Person, Seen } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let driver = '';
let count = 0;

aStory(async (started) => {
  product = started;
  driver = await product.sim.startOf('Водитель');
});

const hour = 3_600_000;

/** A driver from a city, invited, with the days of a telephone interview open. */
async function invited(city: string): Promise<Person> {
  count += 1;
  const name = `Приезжий ${city}`;
  const person = await screenedDriver(product.sim, { name, phone: `+7916700000${count}`, city });
  const recruiter = await product.sim.role('recruiter');
  await recruiter.say(`/candidates ${name}`);
  await recruiter.tap(/^1$/);
  await recruiter.tap(label('staff.button.invite'));
  await person.tap(label('candidate.format.phone'));
  return person;
}

const newest = async (person: Person, text: RegExp): Promise<Seen> => {
  const found = (await person.messages()).findLast(
    (message) => message.from === 'bot' && text.test(message.text),
  );
  if (!found) throw new Error(`no message ${text}`);
  return found;
};

/** Books on a day at a time of the person's own zone, as they would write it. When it is, in milliseconds of UTC. */
async function book(person: Person, day: string, time: string): Promise<number> {
  await person.say(day);
  await person.say(time);
  expect((await newest(person, worded('candidate.slot.booked'))).text).toContain(time);
  const file = (await person.messages()).findLast(({ document }) => document?.name.endsWith('.ics'));
  const ics = await (await fetch(`${product.url}${file?.document?.url}`)).text();
  const start = /DTSTART(?:;[^:]*)?:(\d{8}T\d{6}Z?)/.exec(ics)?.[1] ?? '';
  return DateTime.fromFormat(start, start.endsWith('Z') ? "yyyyMMdd'T'HHmmss'Z'" : "yyyyMMdd'T'HHmmss", {
    zone: 'utc',
  }).toMillis();
}

describe('the night when the clocks change', () => {
  test.each([
    // The meeting is on the day after the change; the recruiter works 11–19 in Moscow, which changes nothing.
    ['Нью-Йорк', 'America/New_York', '2027-03-12T14:00:00Z', '15.03', '11:20'],
    ['Берлин', 'Europe/Berlin', '2027-03-26T09:00:00Z', '29.03', '12:00'],
  ])('[X-03] [P-08] %s: local time and both reminders are right', async (city, zone, now, day, time) => {
    await product.sim.to(now);
    const person = await invited(city);
    const start = await book(person, day, time);
    const [date, month] = day.split('.');
    const wanted = DateTime.fromISO(`2027-${month}-${date}T${time}`, { zone }).toMillis();
    expect(start).toBe(wanted);
    for (const [hours, key] of [
      [24, 'candidate.reminder.days'],
      [3, 'candidate.reminder.hours'],
    ] as const) {
      await product.sim.to(new Date(start - hours * hour - 60_000).toISOString());
      expect((await person.messages()).some(({ text }) => worded(key).test(text))).toBe(false);
      await product.sim.to(new Date(start - hours * hour + 60_000).toISOString());
      const reminder = await newest(person, worded(key));
      expect(reminder.text).toContain(time);
    }
  });
});

describe('quiet hours', () => {
  test('[X-04] a refusal that falls due at night leaves in the morning of the candidate’s own zone', async () => {
    // 21:00 in Moscow on a Tuesday; twelve hours later it is 09:00 there and 16:00 in Vladivostok.
    await product.sim.to('2027-11-16T11:00:00Z');
    const person = await product.sim.newPerson('Дальний', 'ru', '+79167010099');
    await person.say(`/start ${driver}`);
    await person.tap(label('candidate.consent.yes'));
    await person.tap(label('candidate.button.no'));
    await person.sees(worded('candidate.screened'));
    const refused = async () =>
      (await person.messages()).filter(({ text }) => worded('candidate.refusal').test(text)).length;
    // 02:00 in Moscow: the twelve hours are over, the night is not.
    await product.sim.to('2027-11-16T23:30:00Z');
    expect(await refused()).toBe(0);
    await product.sim.to('2027-11-17T04:59:00Z');
    expect(await refused()).toBe(0);
    await product.sim.to('2027-11-17T05:01:00Z');
    expect(await refused()).toBe(1);
  });

  test('[X-04] who writes at night is answered at night', async () => {
    await product.sim.to('2027-11-17T23:00:00Z');
    const person = await product.sim.newPerson('Полуночник');
    await person.say('/help');
    await person.sees(worded('candidate.help'));
  });
});
