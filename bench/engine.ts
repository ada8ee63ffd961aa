import { performance } from 'node:perf_hooks';
import { defaultPolicy } from '../flows/policies/defaultPolicy.ts';
import { makeSlots } from '../runtime/makeSlots.ts';
import { type EngineUnderTest, startEngine } from '../test/support/startEngine.ts';
import { startStore } from '../test/support/startStore.ts';

/** Claims a second when 64 people want the same few windows, and whether each window has one owner. */
export async function contendedBookings(): Promise<{
  perSecond: number;
  windows: number;
  bare: number;
  doubled: number;
}> {
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
  await world.db.settings.insertMany(
    Array.from({ length: 20 }, (_, round) => ({ _id: `bare:${round}`, value: null })),
  );
  const bareStarted = performance.now();
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      for (let round = 0; round < 20; round += 1) {
        await world.db.settings.updateOne({ _id: `bare:${round}`, value: null }, { $set: { value: 1 } });
      }
    }),
  );
  const bare = (64 * 20 * 1000) / (performance.now() - bareStarted);
  const windows = await takenWindows(world);
  await world.close();
  await store.stop();
  return { perSecond, windows, bare, doubled };
}

/** The windows alone: 64 ask for the same 20, one after another, as the bare updates do. */
async function takenWindows({ db, clock }: EngineUnderTest): Promise<number> {
  const slots = makeSlots(db, clock, defaultPolicy, () => undefined);
  const started = performance.now();
  let won = 0;
  await Promise.all(
    Array.from({ length: 64 }, async (_, who) => {
      const application = `a${who}`;
      for (let start = 0; start < 20; start += 1) {
        const window = { type: 'book' as const, interviewer: 'bench', start, format: 'office' as const };
        const answer = await slots.book({ ...window, key: `${who}:${start}`, application }, application);
        if (answer.type === 'slotBooked') won += 1;
      }
    }),
  );
  if (won !== 20) throw new Error(`${won} of 20 windows were given away`);
  return (64 * 20 * 1000) / (performance.now() - started);
}
