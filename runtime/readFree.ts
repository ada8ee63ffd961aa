import type { FreeSlot } from '../flows/facts.ts';
import { readWindows } from './readWindows.ts';

/** The free windows of a vacancy's interviewers: what is taken as it stands in the database now. As `readWindows`. */
export async function readFree(...asked: Parameters<typeof readWindows>): Promise<FreeSlot[]> {
  return (await readWindows(...asked))();
}
