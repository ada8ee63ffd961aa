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
  'window',
  'token',
  'failed-later',
  'reorder',
  'no-receipts',
  'bad-signature',
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
  /** Of which messenger. */
  channel: Messenger;
  /** The error of `failed-later`. */
  code: number;
}

export type Messenger = 'telegram' | 'whatsapp' | 'max';

/** Kinds that strike elsewhere than at a call. */
const ASIDE: FaultKind[] = ['duplicate-update', 'failed-later', 'reorder', 'no-receipts', 'bad-signature'];

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
  take(method: string, chat: number | undefined, channel: Messenger = 'telegram'): Fault | null {
    return this.use(
      (fault) =>
        !ASIDE.includes(fault.kind) &&
        fault.channel === channel &&
        (fault.method === '*' || fault.method.toLowerCase() === method.toLowerCase()) &&
        (fault.chat === undefined || fault.chat === chat),
    );
  }

  /** Whether the update that is being made for this chat shall be delivered twice. */
  takeDuplicate(chat: number, channel: Messenger = 'telegram'): boolean {
    return this.takeKind('duplicate-update', channel, chat);
  }

  /** Whether a fault of this kind is ordered; uses it up once. */
  takeKind(kind: FaultKind, channel: Messenger, chat: number): boolean {
    return this.useKind(kind, channel, chat) !== null;
  }

  /** The error with which a message that was accepted fails afterwards, if that is ordered. */
  takeLate(channel: Messenger, chat: number): number | undefined {
    return this.useKind('failed-later', channel, chat)?.code;
  }

  private useKind(kind: FaultKind, channel: Messenger, chat: number): Fault | null {
    return this.use(
      (fault) =>
        fault.kind === kind && fault.channel === channel && (fault.chat === undefined || fault.chat === chat),
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
