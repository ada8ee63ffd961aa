import { readFileSync } from 'node:fs';

/**
 * Milliseconds that processes were ready to run and had no processor, since they began, as Linux has it of their main
 * threads: what of an answer's time is other people's work on the machine.
 */
export function processorWait(pids: number[]): number {
  const nanoseconds = pids.map((pid) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]));
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1_000_000;
}
