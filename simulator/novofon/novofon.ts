import { Hooks } from '../http/hooks.ts';
import { tellCall } from './tellCall.ts';

/** What either platform lets in: platform 2.0 by the token, platform 1.0 by the key and what is signed with the secret. */
export const account = { token: 'demo-novofon-token', key: 'demo-key', secret: 'demo-secret' };

/** Ways in which an answer goes wrong. */
export const novofonFaultKinds = [
  'silent',
  'html',
  'too-many',
  'not-whitelisted',
  'wrong-key',
  'no-money',
  'odd',
] as const;
export type NovofonFaultKind = (typeof novofonFaultKinds)[number];

/** How a call's notifications fare on the way. */
export const hookFates = ['sent', 'lost', 'twice', 'reordered'] as const;
export type HookFate = (typeof hookFates)[number];

/** A call that is over. Times are milliseconds of UTC, `talk` seconds; a hidden number has no `from`. */
export interface SimCall {
  id: number;
  direction: 'in' | 'out';
  from: string | null;
  to: string;
  start: number;
  end: number;
  talk: number | null;
  record: string | null;
  /** The report has it from then on. */
  shownAt: number;
  reason: string;
}

/** One account of Novofon on both of its platforms. Not kept over a restart. */
export class Novofon {
  readonly calls: SimCall[] = [];
  readonly hooks = new Hooks();
  /** What the cabinet was told: where notifications go, and which platform's. */
  hook: { url: string; platform: 1 | 2 } | undefined;
  private faults: NovofonFaultKind[] = [];

  add(call: Omit<SimCall, 'id'>, fate: HookFate): SimCall {
    const made = { id: 70_000_000 + this.calls.length + 1, ...call };
    this.calls.push(made);
    if (this.hook && fate !== 'lost') this.tell(made, this.hook, fate);
    return made;
  }

  /** Calls that the report has, by when they began. */
  shown(now: number, from: number, till: number): SimCall[] {
    return this.calls
      .filter(({ shownAt, start }) => shownAt <= now && start >= from && start <= till)
      .sort((a, b) => a.start - b.start);
  }

  order(kind: NovofonFaultKind, times: number): void {
    this.faults.push(...Array.from({ length: times }, () => kind));
  }

  take(): NovofonFaultKind | undefined {
    return this.faults.shift();
  }

  private tell(call: SimCall, { url, platform }: { url: string; platform: 1 | 2 }, fate: HookFate): void {
    const told = tellCall(call, platform, account.secret);
    const order = fate === 'reordered' ? told.toReversed() : fate === 'twice' ? [...told, ...told] : told;
    for (const { body, headers } of order)
      this.hooks.send({ url: () => url, body, headers: () => headers, lane: String(call.id) });
  }
}
