import { isOutOfReach } from '../models/databaseErrors.ts';
import type { Clock } from './clock.ts';

/** The longest pause before the database is asked again, in milliseconds. */
const longest = 200;

/**
 * How long to wait before the database, which did not answer, is asked again. Short: the driver itself waits for one that
 * is away, so this only adds to how late everything is when it is back.
 *
 * @param tries how often it was asked
 */
export function pauseAfter(tries: number): number {
  return Math.min(25 * 2 ** tries, longest);
}

/**
 * Do it until the database was reached, however long that takes: for what must not be given up half-way. The work
 * may have been done by an attempt whose answer was lost, so it must be safe to repeat.
 *
 * @param again true when an attempt before may have been carried out
 */
export async function untilReached<T>(
  clock: Pick<Clock, 'sleep'>,
  work: (again: boolean) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work(tries > 1);
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      await clock.sleep(pauseAfter(tries));
    }
  }
}
