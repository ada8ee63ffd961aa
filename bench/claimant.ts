import { defaultPolicy } from '../flows/policies/defaultPolicy.ts';
import { openDatabase } from '../models/database.ts';
import { makeClock } from '../runtime/clock.ts';
import { makeSlots } from '../runtime/makeSlots.ts';

/** Some claimants in a process of their own: each wants every window, one after another, and says which it was given. */
const [uri = '', first = '0', last = '0', from = '0', windows = '0'] = process.argv.slice(2);
const db = await openDatabase(uri);
const slots = makeSlots(db, makeClock(), defaultPolicy, () => undefined);
await Promise.all(
  Array.from({ length: Number(last) - Number(first) }, async (_, index) => {
    const application = `a${Number(first) + index}`;
    for (let start = Number(from); start < Number(windows); start += 1) {
      const key = `${application}:${start}`;
      const window = { type: 'book' as const, interviewer: 'bench', start, format: 'office' as const, key };
      const answer = await slots.book({ ...window, application }, application);
      // Written at once: a pipe is not buffered here, so what was said survives a kill.
      if (answer.type === 'slotBooked') process.stdout.write(`${start} ${application}\n`);
      else if (index === 0 && start % 50 === 0) process.stdout.write(`at ${start}\n`);
    }
  }),
);
process.stdout.write('done\n');
await db.close();
