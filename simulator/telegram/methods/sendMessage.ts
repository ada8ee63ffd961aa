import { type Call } from '../call.ts';
import { post } from '../post.ts';
import { Refusal } from '../refusal.ts';
import { readText } from '../text/readText.ts';

/** sendMessage: a text of 1 to 4096 characters after parsing. */
export function sendMessage(call: Call): unknown {
  const { text, entities } = readText(call.params, 'text');
  if (text === '') throw Refusal.bad('message text is empty');
  return post(call, { text, ...(entities.length > 0 && { entities }) });
}
