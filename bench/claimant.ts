import { createInterface } from 'node:readline';
import { defaultPolicy } from '../flows/policies/defaultPolicy.ts';
import { openDatabase } from '../models/database.ts';
import { makeClock } from '../runtime/clock.ts';
import { makeSlots } from '../runtime/makeSlots.ts';
import { perGroup, perPart } from './contest.ts';

/**
 * Sixteen claimants in a process of their own. Each wants every window of each part it is told of, sixteen at a time,
 * beginning at a window of its own; which it was given is said at once: a pipe is not buffered here, so what was said
 * survives a kill.
 */
const [uri = '', group = '0', how = 'product'] = process.argv.slice(2);
const db = await openDatabase(uri);
const slots = makeSlots(db, makeClock(), defaultPolicy, () => undefined);

async function byProduct(start: number, application: string): Promise<boolean> {
  const key = `${application}:${start}`;
  const window = { type: 'book' as const, interviewer: 'bench', start, format: 'office' as const, key };
  return (await slots.book({ ...window, application }, application)).type === 'slotBooked';
}

/** Nothing but the conditional update that gives a window to whoever comes first. */
async function barely(start: number, application: string): Promise<boolean> {
  const where = { _id: `bare:${start}`, value: null };
  return (await db.settings.updateOne(where, { $set: { value: application } })).modifiedCount === 1;
}

const claim = how === 'bare' ? barely : byProduct;

async function wantAll(part: number, who: number): Promise<void> {
  const application = `a${who}`;
  for (let step = 0; step < perPart; step += perGroup)
    await Promise.all(
      Array.from({ length: perGroup }, async (_, index) => {
        const start = part * perPart + ((who + step + index) % perPart);
        if (await claim(start, application)) process.stdout.write(`${start} ${application}\n`);
      }),
    );
}

// Who told us what to claim is gone.
process.stdout.on('error', () => process.exit(1));
process.stdout.write('ready\n');
for await (const part of createInterface({ input: process.stdin })) {
  // Within one turn the first who asks has it: everybody is the first now and then.
  const asked = Array.from({ length: perGroup }, (_, index) => (index + Number(part)) % perGroup);
  await Promise.all(asked.map((index) => wantAll(Number(part), Number(group) * perGroup + index)));
  process.stdout.write(`done ${part}\n`);
}
await db.close();
