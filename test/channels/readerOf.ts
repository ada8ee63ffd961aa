import { eventually } from '../support/eventually.ts';
import type { Person, Seen } from '../support/simulator.ts';

/** What stands in somebody's mailbox or on their phone. */
export type Paper = Pick<Seen, 'text'> & Partial<Pick<Seen, 'document'>>;

/** A person who reads what comes where there is no chat, as the tests of the messengers know one. */
export function readerOf(phone: string, list: () => Promise<Paper[]>, write?: Person['send']): Person {
  let seen = 0;
  const not = (what: string) => () => Promise.reject(new Error(`no ${what} here`));
  const send = write ?? not('answers');
  const messages = async (): Promise<Seen[]> =>
    (await list()).map((paper, index) => ({
      id: index + 1,
      from: 'bot',
      buttons: [],
      date: '',
      edited: false,
      ...paper,
    }));
  return {
    id: Number(phone),
    messages,
    send,
    say: (text) => send({ text }),
    tap: not('buttons'),
    tapData: not('buttons'),
    last: async () => {
      const found = (await messages()).at(-1);
      if (!found) throw new Error('nothing has come');
      return found;
    },
    sees: async (text) => {
      const fits = (one: Seen) =>
        one.id > seen && (typeof text === 'string' ? one.text.includes(text) : text.test(one.text));
      const found = (await eventually(messages, (all) => all.some(fits), 5_000)).find(fits);
      if (!found) throw new Error('unreachable');
      seen = found.id;
      return found;
    },
  };
}
