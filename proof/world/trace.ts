import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';

/** What happened, a line each, in order: true time and ids, never a word of a person. */
export interface Trace {
  line(text: string): void;
  /** SHA-256 of all lines so far. */
  hash(): string;
  last(count: number): string[];
  count(): number;
}

export function makeTrace(now: () => number, file?: string): Trace {
  const sum = createHash('sha256');
  const kept: string[] = [];
  let waiting = '';
  let lines = 0;
  if (file) writeFileSync(file, '');
  const flush = (): void => {
    sum.update(waiting);
    if (file) appendFileSync(file, waiting);
    waiting = '';
  };
  return {
    line: (text) => {
      const line = `${now()} ${text}`;
      lines += 1;
      waiting += `${line}\n`;
      if (kept.push(line) > 400) kept.splice(0, 200);
      if (waiting.length > 65_536) flush();
    },
    hash: () => {
      flush();
      return sum.copy().digest('hex');
    },
    last: (count) => kept.slice(-count),
    count: () => lines,
  };
}
