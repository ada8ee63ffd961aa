import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { auditCounts, type AuditCounts, type AuditTime } from '../models/auditCounts.ts';
import type { Database } from '../models/database.ts';
import { attach } from '../runtime/attach.ts';
import { makeClock } from '../runtime/clock.ts';
import { loadWords } from '../runtime/words.ts';

/**
 * `npm run audit`: is every message that was ever due accounted for, has every window one owner? Prints the counts
 * in plain words; exits with 1 when anything is unaccounted for. Reads only; safe beside the running product.
 */
const words = loadWords(join(import.meta.dirname, '../locales'));
const reader = { lang: words.nearest(process.env.LANG?.slice(0, 2)), zone: 'utc' };
const text = (key: string, params = {}) => words.label(reader, { key: `api.audit.${key}`, params });
const say = (line: string) => process.stdout.write(`${line}\n`);

/** How often it is counted again before something is called lost: what is under way shows up for a moment. */
const tries = 4;
const pause = 1_000;
/** How many ids of each kind are shown. */
const shown = 5;

const { db, close } = await attach(process.env);
let counts = await auditCounts(db, await time(db));
for (let left = tries - 1; left > 0 && counts.unaccounted > 0; left -= 1) {
  await wait(pause);
  counts = await auditCounts(db, await time(db));
}
await close();
print(counts);
process.exit(counts.unaccounted === 0 ? 0 : 1);

/** The demo's clock is ahead of the machine's: at least as far as the last thing that was written. */
async function time(from: Database): Promise<AuditTime> {
  const clock = makeClock();
  const offset = Number((await from.settings.findOne({ _id: 'clockOffset' }))?.value ?? 0);
  const [last] = await from.ledger.find({ status: 'sent' }).sort({ at: -1 }).limit(1).toArray();
  const now = Math.max(clock.now() + offset, last?.sentAt ?? last?.at ?? 0);
  // With a database of its own the product is on this machine, and `<process id>-…` tells whether it lives.
  return { now, real: clock.real(), ...(!process.env.MONGODB_URI && { alive }) };
}

function alive(owner: string): boolean {
  const pid = Number.parseInt(owner, 10);
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

function print({ ledger, checks, unaccounted }: AuditCounts): void {
  say(text('title'));
  for (const [status, count] of Object.entries(ledger)) say(line(count, status));
  say(`\n${text('checks')}`);
  for (const [check, found] of Object.entries(checks)) {
    say(line(found.length, check));
    for (const id of found.slice(0, shown)) say(`          ${id}`);
    if (found.length > shown) say('          …');
  }
  say(`\n${text(unaccounted === 0 ? 'clean' : 'dirty', { count: unaccounted })}`);
}

function line(count: number, key: string): string {
  return `${String(count).padStart(8)}  ${text(key)}`;
}
