import { type Clock } from '../clock.ts';
import { Hooks } from '../http/hooks.ts';

/** Ways in which Avito answers wrongly, or not at all. */
export const avitoFaultKinds = [
  'silent',
  'html',
  'too-many',
  'no-rights',
  'unpaid',
  'odd',
  'token-ended',
  'drop-after',
] as const;
export type AvitoFaultKind = (typeof avitoFaultKinds)[number];

/** A response on a vacancy there. */
export interface AvitoResponse {
  id: string;
  vacancy: number;
  first: string;
  last: string;
  phone?: string;
  chat?: string;
  resume?: number;
  answers: { label: string; value: string }[];
  created: number;
  updated: number;
  viewed: boolean;
}

/** A line of a chat with somebody who responded. */
export interface AvitoMessage {
  id: string;
  chat: string;
  text: string;
  created: number;
}

/** How long a token is good, in seconds, and how many requests a minute are answered. */
const life = 86_400;
const perMinute = 600;

/** Responses, tokens and who is to be told: Avito's side of one account. Not kept over a restart. */
export class Avito {
  readonly all: AvitoResponse[] = [];
  readonly written: AvitoMessage[] = [];
  readonly hooks = new Hooks();
  hook: { url: string; secret: string } | undefined;
  private readonly clock: Clock;
  private readonly changed: () => void;
  private tokens: { value: string; until: number }[] = [];
  private faults: AvitoFaultKind[] = [];
  private asked: number[] = [];
  private count = 0;

  /** @param changed is called after each response. */
  constructor(clock: Clock, changed: () => void) {
    this.clock = clock;
    this.changed = changed;
  }

  respond(given: Pick<AvitoResponse, 'vacancy' | 'first' | 'last'> & Partial<AvitoResponse>): AvitoResponse {
    this.count += 1;
    const id = (0x6238_50d1_0000 + this.count).toString(16).padStart(24, '0');
    const now = this.clock.now();
    const response = { id, answers: [], created: now, updated: now, viewed: false, ...given };
    this.all.push(response);
    this.tell(response);
    return response;
  }

  /** The person gives their number in the chat later: the response changes. */
  change(id: string, set: Partial<AvitoResponse>): AvitoResponse | undefined {
    const found = this.all.find((one) => one.id === id);
    if (!found) return undefined;
    Object.assign(found, set, { updated: this.clock.now() });
    this.tell(found);
    return found;
  }

  /** We write in a chat. */
  write(chat: string, text: string): AvitoMessage {
    const message = { id: `m${this.written.length + 1}`, chat, text, created: this.clock.seconds() };
    this.written.push(message);
    this.changed();
    return message;
  }

  private tell({ id }: AvitoResponse): void {
    this.changed();
    const { hook } = this;
    if (!hook) return;
    // No document says what a body holds.
    this.hooks.send({
      url: () => hook.url,
      body: JSON.stringify({ id }),
      headers: () => ({}),
      lane: 'avito',
    });
  }

  /** Real time: a moved clock ends no token. */
  newToken(): { access_token: string; expires_in: number; token_type: 'Bearer' } {
    const value = `t${this.clock.real()}${this.tokens.length}`;
    this.tokens.push({ value, until: this.clock.real() + life * 1_000 });
    return { access_token: value, expires_in: life, token_type: 'Bearer' };
  }

  knows(token: string): boolean {
    return this.tokens.some(({ value, until }) => value === token && until > this.clock.real());
  }

  endTokens(): void {
    this.tokens = [];
  }

  /** Counts a request. @returns how many are left in this minute; negative when it is one too many */
  left(): number {
    const now = this.clock.real();
    this.asked = [...this.asked.filter((at) => at > now - 60_000), now];
    return perMinute - this.asked.length;
  }

  static readonly limit = perMinute;

  order(kind: AvitoFaultKind, times: number): void {
    this.faults.push(...Array.from({ length: times }, () => kind));
  }

  /** @param writes something is done by the call: only that can be done and not heard of */
  take(writes: boolean): AvitoFaultKind | undefined {
    return this.faults[0] === 'drop-after' && !writes ? undefined : this.faults.shift();
  }
}
