import type { CheckName } from './judge/verdict.ts';
import { simulate } from './simulate.ts';
import { defaultOptions, faultKinds, type Options } from './world/options.ts';

/** Fewer days, fewer kinds of faults, fewer people, as long as the same check fails first. */
export async function shorten(failing: Options, check: CheckName, days: number): Promise<Options> {
  const fails = async (options: Options): Promise<number | undefined> => {
    const { violations, figures } = await simulate(options);
    return violations[0]?.check === check ? figures.days : undefined;
  };
  // As many come a day as before: a share of the year's.
  let best: Options = { ...failing, days: Math.min(failing.days, days) };
  if ((await fails(best)) === undefined) best = failing;
  for (const kind of faultKinds) {
    if (best.without.includes(kind)) continue;
    const without = [...best.without, kind];
    const lived = await fails({ ...best, without });
    if (lived !== undefined) best = { ...best, without, days: lived };
  }
  for (const people of [0.1, 0.3, 0.5]) {
    const fewer = Math.max(10, Math.round(failing.people * people));
    const lived = await fails({ ...best, people: fewer });
    if (lived === undefined) continue;
    best = { ...best, people: fewer, days: lived };
    break;
  }
  return best;
}

/** The command that repeats a run. */
export function commandOf(options: Options): string {
  const { seed, days, people, vacancies, processes, without } = options;
  return [
    `npm run simulate -- --seed ${seed} --days ${days}`,
    ...(people === defaultOptions.people ? [] : [`--people ${people}`]),
    ...(vacancies === defaultOptions.vacancies ? [] : [`--vacancies ${vacancies}`]),
    ...(processes === 1 ? [] : [`--processes ${processes}`]),
    ...(without.length === 0 ? [] : [`--without ${without.join(',')}`]),
  ].join(' ');
}
