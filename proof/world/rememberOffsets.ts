import { IANAZone } from 'luxon';

/** Clocks change on quarters of an hour of UTC, in every zone, in this century. */
const quarter = 900_000;
let done = false;

/**
 * Luxon asks Intl for a zone's offset at each step of its arithmetic, which is two thirds of a simulated year. The
 * offsets are the same all along, so they are remembered; what is computed with them is the product's own.
 */
export function rememberOffsets(): void {
  if (done) return;
  done = true;
  const known = new Map<string, Map<number, number>>();
  const ask = Object.getOwnPropertyDescriptor(IANAZone.prototype, 'offset')?.value as (ts: number) => number;
  IANAZone.prototype.offset = function offset(this: IANAZone, ts: number): number {
    let zone = known.get(this.name);
    if (!zone) known.set(this.name, (zone = new Map()));
    const key = Math.floor(ts / quarter);
    let found = zone.get(key);
    if (found === undefined) zone.set(key, (found = ask.call(this, ts)));
    return found;
  };
}
