import type { Accepted, Judge } from './judge.ts';
import type { Random } from '../world/random.ts';

/** What a person of the run answered, by question: held against what the product kept. */
export interface Walker {
  chat: number;
  booked: number;
  moves: number;
  /** Stops answering; what was asked stays asked. */
  rest(): void;
}

/** How long somebody waits for the bot before writing again, in milliseconds. */
const patience = 3_000;

/**
 * A person who applies for the cook's vacancy, answers what is asked, taps twice now and then, books, moves the
 * interview again and again, and asks where things stand when the bot has been silent for long.
 */
export function walk(judge: Judge, dice: Random, chat: number, start: string): Walker {
  let nudge: NodeJS.Timeout | undefined;
  let resting = false;
  const walker: Walker = {
    chat,
    booked: 0,
    moves: 0,
    rest: () => {
      resting = true;
      clearTimeout(nudge);
    },
  };
  const act = (what: () => void): void => {
    if (resting) return;
    setTimeout(() => !resting && what(), dice.between(5, 120));
    clearTimeout(nudge);
    nudge = setTimeout(() => act(() => judge.say(chat, '/status')), patience);
  };
  const tap = (data: string): void => {
    act(() => {
      judge.tap(chat, data);
      if (dice.chance(0.1)) judge.tap(chat, data);
    });
  };

  judge.listen(chat, (message: Accepted) => {
    const data = message.buttons.flatMap(({ callback_data }) => callback_data ?? []);
    const move = data.find((one) => one.startsWith('i:') && one.endsWith(':move'));
    if (move) {
      walker.booked += 1;
      return act(() => {
        walker.moves += 1;
        judge.tap(chat, move);
      });
    }
    const yes = data.find((one) => one.endsWith(':yes'));
    if (yes) return tap(yes);
    const choices = data.filter(
      (one) => one.startsWith('p:') && !/:(back|more|none|later|earlier)$/.test(one),
    );
    if (choices.length > 0) return tap(dice.pick(choices));
    if (message.contact) return act(() => judge.contact(chat, `+7916${String(chat).padStart(7, '0')}`));
    // A question says which of how many it is; the time of a meeting in an answer to /status is none.
    if (!/^<i>\d+ \S+ \d+<\/i>/.test(message.text)) return;
    // Only the number and the date are typed; the number's hint names its bounds.
    const number = /60/.test(message.text);
    act(() => judge.say(chat, number ? '3' : '1.12'));
  });
  act(() => judge.say(chat, `/start ${start}`));
  return walker;
}
