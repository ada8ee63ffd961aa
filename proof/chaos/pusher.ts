import type { Random } from '../world/random.ts';

/** Hands updates to the product's webhooks, as Telegram does where several processes share the work. */
export interface Pusher {
  push(update: { update_id: number }): void;
  /** Updates that nobody has taken yet. */
  waiting(): number;
  close(): void;
}

/**
 * Each update goes to one process after the other until one has answered that it stands stored. Now and then it
 * comes twice, and now and then the answer is not waited for: then it comes again too.
 */
export function makePusher(
  addresses: () => string[],
  secret: () => string,
  dice: Random,
  faults: { twice: number },
): Pusher {
  let waiting = 0;
  let closed = false;

  const give = async (update: object, impatient: boolean): Promise<boolean> => {
    const list = addresses();
    if (list.length === 0 || secret() === '') return false;
    try {
      const response = await fetch(`${dice.pick(list)}/webhooks/telegram`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret() },
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(impatient ? dice.between(1, 30) : 5_000),
      });
      await response.arrayBuffer();
      return response.status === 200;
    } catch {
      return false;
    }
  };
  const attempt = async (update: object, tries: number): Promise<void> => {
    if (closed) return;
    if (await give(update, tries === 0 && dice.chance(faults.twice))) {
      if (dice.chance(faults.twice)) await give(update, false);
      waiting -= 1;
      return;
    }
    setTimeout(() => void attempt(update, tries + 1), Math.min(20 * 2 ** tries, 500));
  };

  return {
    push: (update) => {
      waiting += 1;
      void attempt(update, 0);
    },
    waiting: () => waiting,
    close: () => {
      closed = true;
    },
  };
}
