import { firstMoment, type Options } from './options.ts';
import { makeRandom } from './random.ts';

/** Who comes when: more by day than by night, a few at once when an ad has just gone out. */
export function arrivals(options: Options): { number: number; at: number }[] {
  const random = makeRandom(options.seed, 'arrivals');
  const list: { number: number; at: number }[] = [];
  for (let number = 0; number < options.people; number += 1) {
    const day = random.next() * 365;
    const hour = random.chance(0.85) ? 6 + random.next() * 14 : random.next() * 24;
    const at = firstMoment + Math.floor(day) * 86_400_000 + Math.round(hour * 3_600_000);
    // A crowd comes within the same minutes.
    const before = list.at(-1);
    const crowd = before && random.chance(0.2) ? before.at + random.between(0, 60_000) : at;
    list.push({ number, at: crowd });
  }
  // A shorter run is the beginning of the year.
  return list.filter(({ at }) => at < firstMoment + (options.days - 0.2) * 86_400_000);
}
