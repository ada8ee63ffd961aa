import { parseArgs } from 'node:util';
import { z } from 'zod';
import { chaosFaults } from './chaosFaults.ts';
import { runChaos } from './runChaos.ts';

// `npm run chaos -- --kills 100 --seed 1`: exits with 1 when something was lost, doubled, late or wrong.

/** How late a message may come after everything it needs is up again, in milliseconds, beside a bare timer. */
const grace = 250;

const whole = z.coerce.number().int().positive();
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    walkers: { type: 'string', default: '12' },
    dues: { type: 'string' },
    processes: { type: 'string', default: '1' },
  },
});
const plan = {
  kills: whole.parse(values.kills),
  seed: whole.parse(values.seed),
  walkers: whole.parse(values.walkers),
  // About as long as the kills take.
  dues: whole.parse(values.dues ?? String(Number(values.kills) * 12)),
  processes: whole.parse(values.processes),
};
const result = await runChaos(plan, (kills) => {
  if (kills % 50 === 0) process.stderr.write(`${kills} of ${plan.kills} kills\n`);
});
const { late, latest, log, unaccounted, lost, neverCame, wrongAnswers, unnamed, points, ...counts } = result;
const at = (share: number) =>
  late[Math.min(late.length - 1, Math.floor(late.length * share))]?.toFixed(0) ?? '-';
const lines = [
  ...Object.entries(counts).map(([name, value]) => `${name.padEnd(14)}${Math.round(value * 10) / 10}`),
  ...Object.entries(points).map(([name, times]) => `  killed ${name.padEnd(36)}${times}`),
  `late beyond    p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`,
  ...Object.entries({ unaccounted, lost, neverCame, wrongAnswers }).map(
    ([name, list]) => `${name.padEnd(14)}${list.length} ${list.slice(0, 5).join('; ')}`,
  ),
];
process.stdout.write(`${lines.join('\n')}\n`);
const last = late.at(-1) ?? 0;
for (const { due, arrived, by } of latest.filter(({ by }) => by > grace)) {
  const before = log.filter(({ at }) => at > due - 4_000 && at < arrived);
  const told = before.map(({ at, what }) => `${what} ${Math.round(at - due)}`);
  process.stdout.write(`late ${Math.round(by)} of ${Math.round(arrived - due)} ms: ${told.join(', ')}\n`);
}
const faults = [
  ...chaosFaults(result),
  ...(last > grace + result.machineLate ? [`the latest came ${Math.round(last)} ms beyond the restart`] : []),
];
for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
for (const what of unnamed) process.stdout.write(`in no row: ${what}\n`);
const { kills, seed, processes } = plan;
if (faults.length > 0)
  process.stdout.write(`again: npm run chaos -- --kills ${kills} --seed ${seed} --processes ${processes}\n`);
process.exit(faults.length > 0 ? 1 : 0);
