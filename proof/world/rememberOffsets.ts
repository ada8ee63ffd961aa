import { IANAZone } from 'luxon';

/** Clocks change on quarters of an hour of UTC, in every zone, in this century; and none twice in a day of UTC. */
const quarter = 900_000;
const day = 86_400_000;
let done = false;

/**
 * Luxon asks Intl for a zone's offset at each step of its arithmetic, which is two thirds of a simulated year. The
 * offsets are the same all along, so they are remembered; what is computed with them is the product's own.
 */
export function rememberOffsets(): void {
  if (done) return;
  done = true;
  const known = new Map<string, ReturnType<typeof makeZone>>();
  const ask = Object.getOwnPropertyDescriptor(IANAZone.prototype, 'offset')?.value as (ts: number) => number;
  IANAZone.prototype.offset = function offset(this: IANAZone, ts: number): number {
    let zone = known.get(this.name);
    if (!zone) known.set(this.name, (zone = makeZone((time) => ask.call(this, time))));
    return zone(ts);
  };
}

/** What a zone's offset is at a time: asked twice for a day, and where it changes meanwhile for each quarter of it. */
function makeZone(ask: (ts: number) => number): (ts: number) => number {
  const days = new Map<number, number | 'changes'>();
  const quarters = new Map<number, number>();
  return (ts) => {
    const date = Math.floor(ts / day);
    let all = days.get(date);
    if (all === undefined) {
      all = ask(date * day);
      if (all !== ask((date + 1) * day - 1)) all = 'changes';
      days.set(date, all);
    }
    if (all !== 'changes') return all;
    const key = Math.floor(ts / quarter);
    let found = quarters.get(key);
    if (found === undefined) quarters.set(key, (found = ask(ts)));
    return found;
  };
}
