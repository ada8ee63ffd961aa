import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';
import { checks } from './judge/verdict.ts';
import { defaultOptions, faultKinds, type Options } from './world/options.ts';
import { commandOf, shorten } from './shorten.ts';

/** `npm run simulate -- --seed 1 --days 365`: a year of the agency, judged all along; exits with 1 when a check fails. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string' },
    days: { type: 'string', default: String(defaultOptions.days) },
    people: { type: 'string', default: String(defaultOptions.people) },
    vacancies: { type: 'string', default: String(defaultOptions.vacancies) },
    processes: { type: 'string', default: '1' },
    without: { type: 'string', default: '' },
    trace: { type: 'string' },
    all: { type: 'boolean', default: false },
    short: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const options: Options = {
  seed: Number(values.seed),
  days: Number(values.days),
  people: Number(values.people),
  vacancies: Number(values.vacancies),
  processes: Number(values.processes),
  without: faultKinds.filter((kind) => values.without.split(',').includes(kind)),
};

let failed = false;
for (let seed = options.seed; seed < options.seed + Number(values.seeds ?? 1); seed += 1) {
  const outcome = await simulate(
    { ...options, seed },
    { stop: !values.all, ...(values.trace && { traceFile: values.trace }) },
  );
  const { figures, violations, counts } = outcome;
  say(
    `seed ${seed}: ${figures.days} days, ${figures.events} events (${figures.updates} updates), ` +
      `${figures.messages} messages, ${figures.deaths} deaths, ${figures.steps} steps, ` +
      `${figures.seconds.toFixed(1)} s of a processor`,
  );
  say(`  trace ${figures.lines} lines, sha256 ${outcome.hash}`);
  if (violations.length === 0) continue;
  failed = true;
  for (const { check, at, detail } of violations)
    say(`  FAILED ${check} (${checks[check]})\n    at ${at}: ${detail}`);
  say(`  ${JSON.stringify(counts)}`);
  if (!values.all) for (const line of outcome.last.slice(-25)) say(`    ${line}`);
  const [first] = violations;
  if (first && values.short && !values.all) {
    say('  looking for the shortest way to repeat it …');
    say(`  ${commandOf(await shorten({ ...options, seed }, first.check, figures.days))}`);
  }
}
process.exitCode = failed ? 1 : 0;
