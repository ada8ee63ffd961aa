import { GrammyError, HttpError, type Transformer } from 'grammy';

/** How often a call to Telegram is made at most, and the longest wait it may ask for, in seconds. */
const attempts = 5;
const longest = 60;

/**
 * Calls of the staff's bot are made again after 429 (as late as told), 5xx and a lost connection. What is repeated
 * are answers a member just asked for: a list that comes twice harms nobody, silence does. Candidates' messages
 * never go this way: they have the ledger.
 */
export function retrying(pause: (milliseconds: number) => Promise<void> = wait): Transformer {
  return async (previous, method, payload, signal) => {
    for (let tries = 1; ; tries += 1) {
      try {
        const result = await previous(method, payload, signal);
        if (result.ok || tries >= attempts) return result;
        const after = result.parameters?.retry_after;
        if (result.error_code !== 429 && result.error_code < 500) return result;
        if (after !== undefined && after > longest) return result;
        await pause(after === undefined ? 100 * 2 ** tries : after * 1000);
      } catch (error) {
        if (!(error instanceof HttpError) || error instanceof GrammyError || tries >= attempts) throw error;
        await pause(100 * 2 ** tries);
      }
    }
  };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
