import type { Place } from '../flows/channels.ts';
import type { Database } from '../models/database.ts';
import type { ChoicesRow } from '../models/rows.ts';
import type { Clock } from '../runtime/clock.ts';
import { untilReached } from '../runtime/untilReached.ts';
import { type Choice, choiceFor } from './numbered.ts';

/** How many messages of a chat are remembered with what they offered: an older one that is quoted is only text. */
const remembered = 10;

/**
 * What was offered in a chat whose answers come as text, so that "2" becomes the tap on the second button. The last
 * message with choices counts, or the one that is quoted; one that asks something without choices ends it, so that "3"
 * to "how many years" is an answer.
 */
export interface Choices {
  /** Before a message leaves: nobody can answer faster. `key` is the ledger's. `asks`: it wants an answer. */
  offer(place: Place, key: string, choices: Choice[], asks: boolean): Promise<void>;
  /** It has left, and is called this in the channel. */
  sent(place: Place, key: string, messageId: string): Promise<void>;
  /** The choice that an answer means; `quoted` is the message it answers, by its id in the channel. */
  chosen(place: Place, answer: string, quoted?: string): Promise<Choice | undefined>;
}

export function makeChoices(db: Pick<Database, 'choices'>, clock: Pick<Clock, 'now' | 'sleep'>): Choices {
  const idOf = ({ channel, address }: Place) => `${channel}:${address}`;
  const read = (place: Place) => untilReached(clock, () => db.choices.findOne({ _id: idOf(place) }));
  // A chat is written to by one sender at a time: the lane of its person.
  const write = (row: ChoicesRow) =>
    untilReached(clock, () => db.choices.replaceOne({ _id: row._id }, row, { upsert: true }));

  return {
    offer: async (place, key, choices, asks) => {
      if (choices.length === 0 && !asks) return;
      const row = await read(place);
      const messages = (row?.messages ?? []).filter((message) => message.key !== key);
      const at = new Date(clock.now());
      if (choices.length > 0)
        await write({
          _id: idOf(place),
          at,
          last: key,
          messages: [...messages, { key, choices }].slice(-remembered),
        });
      else if (row?.last !== undefined) await write({ _id: row._id, at, messages });
    },
    sent: async (place, key, messageId) => {
      const row = await read(place);
      if (!row?.messages.some((one) => one.key === key)) return;
      const messages = row.messages.map((one) => (one.key === key ? { ...one, id: messageId } : one));
      await write({ ...row, messages });
    },
    chosen: async (place, answer, quoted) => {
      const row = await read(place);
      const of = (fits: (message: ChoicesRow['messages'][number]) => boolean) =>
        choiceFor(row?.messages.find(fits)?.choices ?? [], answer);
      const meant = quoted === undefined ? undefined : of(({ id }) => id === quoted);
      return meant ?? (row?.last === undefined ? undefined : of(({ key }) => key === row.last));
    },
  };
}
