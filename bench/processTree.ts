import { readdirSync, readFileSync } from 'node:fs';

/** What the system says of one process. */
export interface ProcessFigures {
  pid: number;
  /** The script it runs, as it was given; empty for another program. */
  script: string;
  /** Processor time so far, in milliseconds, of all its threads. */
  cpu: number;
  megabytes: number;
}

/** A tick of `/proc/<pid>/stat`, in milliseconds: USER_HZ is 100 on every Linux that Node runs on. */
const tick = 10;

/** A process and all that it started, as Linux has them in /proc. */
export function processTree(root: number): ProcessFigures[] {
  const stats = new Map<number, string[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      stats.set(Number(name), stat.slice(stat.lastIndexOf(')') + 2).split(' '));
    } catch {
      // It ended while we looked.
    }
  }
  const under = (pid: number): boolean =>
    pid === root || (pid > 1 && under(Number(stats.get(pid)?.[1] ?? 0)));
  return [...stats.keys()].filter(under).map((pid) => {
    const [user, system] = [stats.get(pid)?.[11], stats.get(pid)?.[12]];
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const given = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return {
      pid,
      script: given.find((part) => part.endsWith('.ts')) ?? '',
      cpu: (Number(user) + Number(system)) * tick,
      megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
    };
  });
}
