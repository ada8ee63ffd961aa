import { z } from 'zod';

const dueList = z.object({
  now: z.string(),
  due: z.array(z.object({ at: z.string(), what: z.string(), title: z.string().optional() })),
});
const quietness = z.object({ quiet: z.boolean(), waiting: z.record(z.string(), z.unknown()).default({}) });

/** One thing the product will do by itself, and when. */
export type Due = z.infer<typeof dueList>['due'][number];
export type Quietness = z.infer<typeof quietness>;

/** How long one call to the product may take, milliseconds. */
const PATIENCE = 10_000;

/**
 * The product's loopback control, over the contract of `README.md`: what is due, "the clock moved", "are you quiet".
 * A failed call throws; a restarting product is the callers' business, they try again.
 */
export class Product {
  private registered: { url: string; secret: string } | null = null;

  /** @param url base address, without a slash at the end. */
  register(url: string, secret: string): void {
    this.registered = { url: url.replace(/\/+$/, ''), secret };
  }

  /** The product's address, or null before it has registered. */
  get url(): string | null {
    return this.registered?.url ?? null;
  }

  /** What is due, soonest first; nothing when no product is registered. */
  async due(): Promise<Due[]> {
    if (!this.registered) return [];
    const { due } = dueList.parse(await this.ask('GET', '/control/due'));
    return due.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  /** Tells the product how far ahead the clock is, milliseconds. */
  async moveClock(offset: number): Promise<void> {
    if (this.registered) await this.ask('POST', '/control/clock', { offset });
  }

  /** Holds until the product is quiet or `wait` milliseconds have passed. */
  async idle(wait: number): Promise<Quietness> {
    if (!this.registered) return { quiet: true, waiting: {} };
    return quietness.parse(await this.ask('GET', `/control/idle?wait=${Math.round(wait)}`));
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    if (!this.registered) throw new Error('no product is registered');
    const { url, secret } = this.registered;
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${secret}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new Error(`the product answered ${answer.status} to ${method} ${path}`);
    return answer.json();
  }
}
