/** The ways in which the server can be told to fail. */
export const FAULT_KINDS = [
  '429',
  '403',
  '500',
  '502-html',
  'drop-before',
  'drop-after',
  'slow',
  'duplicate-update',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** An ordered failure: of the next `times` calls of `method` (`*` is any), in one chat or in all. */
export interface Fault {
  method: string;
  kind: FaultKind;
  times: number;
  /** Seconds, for 429. */
  retryAfter: number;
  /** Milliseconds, for slow. */
  delay: number;
  chat?: number | undefined;
}

/** The list of ordered failures, first in first out. Not kept over a restart. */
export class Faults {
  private list: Fault[] = [];
  /** Answers that are being held back by `slow`. */
  held = 0;

  add(fault: Fault): void {
    this.list.push({ ...fault });
  }

  clear(): void {
    this.list = [];
  }

  all(): Fault[] {
    return this.list.map((fault) => ({ ...fault }));
  }

  /** The failure of this call, if one is ordered; uses it up once. */
  take(method: string, chat: number | undefined): Fault | null {
    return this.use(
      (fault) =>
        fault.kind !== 'duplicate-update' &&
        (fault.method === '*' || fault.method.toLowerCase() === method.toLowerCase()) &&
        (fault.chat === undefined || fault.chat === chat),
    );
  }

  /** Whether the update that is being made for this chat shall be delivered twice. */
  takeDuplicate(chat: number): boolean {
    return (
      this.use((f) => f.kind === 'duplicate-update' && (f.chat === undefined || f.chat === chat)) !== null
    );
  }

  private use(fits: (fault: Fault) => boolean): Fault | null {
    const fault = this.list.find(fits);
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times <= 0) this.list = this.list.filter((other) => other !== fault);
    return fault;
  }
}
