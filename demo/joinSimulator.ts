import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { makeInvite } from '../models/invites.ts';
import { type Clock, randomId } from '../runtime/clock.ts';
import type { Words } from '../runtime/words.ts';
import { demoAgency } from './demoAgency.ts';

interface Deps {
  url: string;
  own: string;
  secret: string;
  db: Database;
  clock: Clock;
  words: Words;
  policy: Policy;
  /** Where the telephony's notifications go, and whose form they have. */
  telephony?: { hook: string; platform: 1 | 2 };
}

const person = z.object({ id: z.union([z.number(), z.string()]).transform(String) });
const demoShape = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
  vacancies: z.array(z.object({ title: z.string(), start: z.string() })),
});

/**
 * Tell the simulator where the product is; at the very first start make the demo agency and its people, each of whom
 * presses their invite link as a real one would.
 */
export async function joinSimulator(deps: Deps): Promise<void> {
  const { url, own, secret, db, telephony } = deps;
  await call(url, 'POST', '/sim/product', { url: own, secret });
  if (telephony) {
    const { hook, platform } = telephony;
    await call(url, 'POST', '/sim/novofon/hook', { url: `${own}${hook}`, platform });
  }
  const kept = demoShape.safeParse((await db.settings.findOne({ _id: 'demo' }))?.value);
  const demo = kept.success ? kept.data : await makeDemo(deps);
  await call(url, 'PUT', '/sim/demo', {
    ...demo,
    people: demo.people.map(({ id, ...rest }) => ({ id: Number(id), ...rest })),
  });
}

async function makeDemo({ url, db, clock, words, policy }: Deps): Promise<z.infer<typeof demoShape>> {
  const morning = workingMoment(clock.now(), policy.zone);
  if (morning > clock.now()) {
    await call(url, 'POST', '/sim/clock', {
      to: DateTime.fromMillis(morning, { zone: 'utc' }).toISO() ?? '',
    });
  }
  const { members, vacancies } = demoAgency(words, clock.now());
  const vacancyLinks: { title: string; start: string }[] = [];
  for (const vacancy of vacancies) {
    await db.vacancies.replaceOne({ _id: vacancy._id }, vacancy, { upsert: true });
    const token = randomId(12);
    await db.links.insertOne({
      _id: token,
      vacancy: vacancy._id,
      source: 'telegram',
      createdAt: clock.now(),
    });
    vacancyLinks.push({ title: vacancy.title.ru, start: token });
  }
  const people: z.infer<typeof demoShape>['people'] = [];
  const candidate = words.label({ lang: 'ru', zone: 'utc' }, { key: 'demo.people.candidate' });
  const first = person.parse(
    await call(url, 'POST', '/sim/users', { name: candidate, lang: 'ru', phone: '+79161234567' }),
  );
  people.push({ id: first.id, name: candidate, role: 'candidate' });
  for (const member of members) {
    await db.members.replaceOne({ _id: member._id }, member, { upsert: true });
    const { id } = person.parse(await call(url, 'POST', '/sim/users', { name: member.name, lang: 'ru' }));
    people.push({ id, name: member.name, role: member.role });
    const token = randomId(20);
    await makeInvite(db, token, { role: member.role, member: member._id, createdAt: clock.now() });
    await call(url, 'POST', `/sim/users/${id}/send`, { text: `/start inv_${token}` });
  }
  const demo = { people, vacancies: vacancyLinks };
  await db.settings.updateOne({ _id: 'demo' }, { $set: { value: demo } }, { upsert: true });
  return demo;
}

/** A demo first started at night or on a Sunday begins on the next working morning: else nobody would answer. */
function workingMoment(now: number, zone: string): number {
  const local = DateTime.fromMillis(now, { zone });
  if (local.weekday <= 5 && local.hour >= 9 && local.hour < 18) return now;
  let morning = local.startOf('day').set({ hour: 10 });
  while (morning.toMillis() <= now || morning.weekday > 5) morning = morning.plus({ days: 1 });
  return morning.toMillis();
}

async function call(url: string, method: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the simulator answered ${response.status} to ${method} ${path}`);
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
}
