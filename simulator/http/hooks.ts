import { setTimeout as sleep } from 'node:timers/promises';

/** First and longest pause between two attempts, milliseconds; doubled after each failure. */
const PAUSE = { first: 200, longest: 10_000 };
/** How long a receiver may take, milliseconds. */
const PATIENCE = 20_000;

/** One delivery: to where, with what. `headers` are made of the very bytes that go out. */
export interface Hook {
  url: () => string | null;
  body: string;
  headers: (bytes: string) => Record<string, string>;
  /** What must be kept in order among itself. */
  lane: string;
}

/** Webhooks of a messenger: in order within a lane, again and again until the answer is 2xx or the simulator stops. */
export class Hooks {
  /** How many were made or taken since the start. */
  made = 0;
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly stop = new AbortController();
  private left = 0;

  get waiting(): number {
    return this.left;
  }

  send(hook: Hook): void {
    this.left += 1;
    this.made += 1;
    const before = this.lanes.get(hook.lane) ?? Promise.resolve();
    const mine = before
      .then(() => this.deliver(hook))
      .finally(() => {
        this.left -= 1;
        this.made += 1;
        if (this.lanes.get(hook.lane) === mine) this.lanes.delete(hook.lane);
      });
    this.lanes.set(hook.lane, mine);
  }

  close(): void {
    this.stop.abort();
  }

  private async deliver({ url, body, headers }: Hook): Promise<void> {
    for (let pause = PAUSE.first; !this.stop.signal.aborted; pause = Math.min(pause * 2, PAUSE.longest)) {
      const to = url();
      if (to !== null && (await this.attempt(to, body, headers(body)))) return;
      await sleep(pause, undefined, { signal: this.stop.signal }).catch(() => undefined);
    }
  }

  private async attempt(url: string, body: string, headers: Record<string, string>): Promise<boolean> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), this.stop.signal]),
      });
      await answer.text();
      return answer.ok;
    } catch {
      return false;
    }
  }
}
