import { z } from 'zod';
import { type TgMessage } from '../records.ts';
import { without } from '../without.ts';
import { type Call } from './call.ts';
import { Refusal } from './refusal.ts';

const parameters = z.looseObject({
  message_id: z.number().int(),
  allow_sending_without_reply: z.boolean().optional(),
});

/**
 * The message that a call replies to (`reply_parameters`, or the older `reply_to_message_id`), without its own reply.
 * @throws Refusal when it is not there and the call does not allow for that.
 */
export function readReply({ world, params }: Call, chat: number): TgMessage | undefined {
  const read = parameters.safeParse(params.json('reply_parameters', 'reply parameters'));
  const id = read.success ? read.data.message_id : params.integer('reply_to_message_id');
  if (id === undefined) return undefined;
  const found = world.message(chat, id);
  if (!found) {
    const lenient = read.success
      ? read.data.allow_sending_without_reply === true
      : params.flag('allow_sending_without_reply');
    if (lenient) return undefined;
    throw Refusal.bad('message to be replied not found');
  }
  return without(found.message, 'reply_to_message');
}
