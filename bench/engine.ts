import { performance } from 'node:perf_hooks';
import { makeAgenda } from '../jobs/makeAgenda.ts';
import { openDatabase } from '../models/database.ts';
import { makeClock } from '../runtime/clock.ts';
import { startEngine } from '../test/support/startEngine.ts';
import { startStore } from '../test/support/startStore.ts';

/** Claims a second when 64 people want the same few windows, and whether each window has one owner. */
export async function contendedBookings(): Promise<{ perSecond: number; bare: number; doubled: number }> {
  const store = await startStore();
  const world = await startEngine(store.uri);
  const vacancy = world.vacancies.find(({ _id }) => _id === 'cook');
  if (!vacancy) throw new Error('the demo has no cook');
  const people: { candidate: string; application: string }[] = [];
  for (let index = 0; index < 64; index += 1) {
    const lead = { id: `b${index}`, name: 'B', vacancy: 'cook', source: 'manual', by: 'head' };
    people.push(await world.engine.desk.addCandidate(lead));
  }
  const slots = (await world.engine.free(vacancy)).slice(0, 20);
  const started = performance.now();
  await Promise.all(
    people.map(async ({ candidate, application }, index) => {
      for (const [round, slot] of slots.entries()) {
        await world.engine.desk.perform(candidate, {
          id: `claim:${index}:${round}`,
          type: 'setInterview',
          application,
          by: 'head',
          interviewer: slot.interviewer,
          start: slot.start,
          format: 'office',
        });
      }
    }),
  );
  await world.quiet();
  const perSecond = (people.length * slots.length * 1000) / (performance.now() - started);
  const held = (await world.db.candidates.find().toArray()).flatMap(({ applications }) =>
    applications.flatMap(({ interview }) =>
      interview ? [`${interview.interviewer}:${interview.start}`] : [],
    ),
  );
  const doubled = held.length - new Set(held).size;
  const bareStarted = performance.now();
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      for (let round = 0; round < 20; round += 1) {
        await world.db.settings.updateOne({ _id: `bare:${round}`, value: null }, { $set: { value: 1 } });
      }
    }),
  );
  const bare = (64 * 20 * 1000) / (performance.now() - bareStarted);
  await world.close();
  await store.stop();
  return { perSecond, bare, doubled };
}

/** How late 1,000 alarms ring that are due within 20 seconds, woken by Agenda over the embedded database. */
export async function lateness(): Promise<{ p50: number; p99: number; count: number }> {
  const store = await startStore();
  const db = await openDatabase(store.uri);
  const clock = makeClock();
  const agenda = await makeAgenda(db, 'bench', () => undefined);
  const late: number[] = [];
  const due = new Map<string, number>();
  const total = 1_000;
  await agenda.start((key) => {
    late.push(clock.now() - (due.get(key) ?? 0));
    return Promise.resolve();
  });
  const base = clock.now() + 6_000;
  for (let index = 0; index < total; index += 1) {
    const at = base + index * 20;
    due.set(`alarm:${index}`, at);
    await agenda.bell.ring(`alarm:${index}`, at);
  }
  const until = clock.now() + 60_000;
  while (late.length < total && clock.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  late.sort((a, b) => a - b);
  await agenda.stop();
  await db.close();
  await store.stop();
  return {
    p50: late[Math.floor(late.length / 2)] ?? 0,
    p99: late[Math.floor(late.length * 0.99)] ?? 0,
    count: late.length,
  };
}
