import { z } from 'zod';
import { AnswerRefused, type Source } from '../source.ts';
import type { AvitoClient } from './avitoClient.ts';
import { readResponses, responsesShape } from './avitoResponse.ts';

const self = z.object({ id: z.union([z.string(), z.number()]).transform(String) });
const message = z.object({
  direction: z.string().nullish(),
  content: z.object({ text: z.string().nullish() }).nullish().catch(null),
});
/** The document has a bare list; a list by name is understood, too. */
const messages = z.union([
  z.array(z.unknown()),
  z.object({ messages: z.array(z.unknown()) }).transform((said) => said.messages),
]);

/** Avito takes no longer ones. */
const longest = 1_000;

/**
 * Answers a response in the chat it began in: what stands there already is not written again, so an answer that was told
 * twice stands once. `apply_actions` is not used: no document has the names of its actions.
 */
export function makeAvitoAnswer(client: AvitoClient): NonNullable<Source['answer']> {
  let account: Promise<string> | undefined;

  /** Asked once, and once more when there was no answer. */
  const ours = async (): Promise<string> => {
    account ??= client.ask(self, '/core/v1/accounts/self').then(({ id }) => id);
    try {
      return await account;
    } catch (error) {
      account = undefined;
      throw error;
    }
  };

  const chatOf = async (response: string): Promise<string> => {
    const sent = { method: 'POST' as const, json: { ids: [response] } };
    const { applies } = await client.ask(responsesShape, '/job/v1/applications/get_by_ids', sent);
    const chat = readResponses(applies ?? []).find(({ id }) => id === response)?.contacts?.chat?.value;
    if (!chat) throw new AnswerRefused();
    return chat;
  };

  return async (response, { text }) => {
    const chat = encodeURIComponent(await chatOf(response));
    const of = `accounts/${encodeURIComponent(await ours())}/chats/${chat}/messages`;
    const there = (await client.ask(messages, `/messenger/v3/${of}/?limit=100`)).flatMap(
      (one) => message.safeParse(one).data ?? [],
    );
    const written = new Set(there.flatMap((one) => (one.direction === 'out' ? [one.content?.text] : [])));
    for (const part of partsOf(text)) {
      if (written.has(part)) continue;
      const json = { type: 'text', message: { text: part } };
      await client.ask(z.unknown(), `/messenger/v1/${of}`, { method: 'POST', json });
    }
  };
}

/** In pieces that are taken, each broken at a line or a word: a link stays whole. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let rest = text.trim(); rest !== '';) {
    const head = rest.slice(0, longest);
    const at = rest.length <= longest ? head.length : Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
    parts.push(head.slice(0, at > 0 ? at : longest).trim());
    rest = rest.slice(at > 0 ? at : longest).trim();
  }
  return parts;
}
