import type { Message } from '../flows/effect.ts';
import { headsOf } from '../flows/headsOf.ts';
import type { Tell } from './makeTell.ts';
import type { FactReader } from './readFacts.ts';

/** Tell every head something of the product itself, that concerns no candidate; each once per `key`. */
export type TellHeads = (key: string, message: Message) => Promise<void>;

export function makeTellHeads(deps: { reader: Pick<FactReader, 'members'>; tell: Tell }): TellHeads {
  return async (key, message) => {
    const heads = headsOf(await deps.reader.members());
    await deps.tell(
      key,
      heads.map(({ _id }) => _id),
      message,
    );
  };
}
