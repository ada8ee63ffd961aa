import { z } from 'zod';
import { profiles } from '../profiles.ts';
import { type Bot, type Person, type TgMessage } from '../records.ts';
import { type World } from '../world.ts';
import { detectEntities } from '../telegram/text/detectEntities.ts';
import { imageSize } from '../telegram/imageSize.ts';
import { mimeType } from '../telegram/mimeType.ts';
import { saveFile } from '../telegram/saveFile.ts';
import { without } from '../without.ts';
import { ControlError } from './controlError.ts';
import { writeLetter } from './mailRoutes.ts';
import { parse } from './parse.ts';
import { type Route, type Visit } from './route.ts';
import { say } from './say.ts';
import { sayInGroup } from './sayInGroup.ts';
import { whichBot, whichPerson } from './who.ts';

const sending = z.strictObject({
  text: z.string().trim().min(1, 'must not be empty').max(4096).optional(),
  contact: z.literal(true).optional(),
  file: z.strictObject({ name: z.string().min(1).max(255), base64: z.base64() }).optional(),
  photo: z.boolean().optional(),
  voice: z.literal(true).optional(),
  sticker: z.literal(true).optional(),
  edit: z.number().int().optional(),
  replyTo: z.number().int().optional(),
  forward: z.boolean().optional(),
  bot: z.number().int().optional(),
  /** A group, and a topic of it, instead of the private chat. */
  chat: z.number().int().optional(),
  thread: z.number().int().optional(),
});
type Sending = z.infer<typeof sending>;

/** A person writes to the bot. */
export const sendRoute: Route = {
  method: 'POST',
  path: '/sim/users/:id/send',
  run(visit) {
    const order = parse(sending, visit.body);
    const { person, chat } = whichPerson(visit);
    if (person.channel === 'email') return letter(visit, order, person);
    if (person.channel === 'sms') throw new ControlError(400, 'an SMS is answered on the page it links to');
    const bot = whichBot(visit, order.bot);
    if (chat.blocked.includes(bot.id))
      throw new ControlError(400, 'this person has blocked the bot: unblock it first');
    if (order.edit !== undefined) return edit(visit, order, bot, person, order.edit);
    const { replyTo, forward } = order;
    const { world } = visit.sim;
    if (order.chat !== undefined)
      return sayInGroup(visit.sim, bot, person, order.chat, order.thread, contents(world, order, person));
    const reply = replyTo === undefined ? undefined : world.message(person.id, replyTo)?.message;
    if (replyTo !== undefined && !reply)
      throw new ControlError(404, `there is no message ${replyTo} to reply to`);
    const speak = speakerOf(visit, person);
    return speak(visit.sim, bot, person, {
      ...(reply && { reply_to_message: { ...reply, reply_to_message: undefined } }),
      ...(forward === true && {
        forward_origin: {
          type: 'hidden_user',
          sender_user_name: 'Somebody',
          date: world.clock.seconds() - 3600,
        },
      }),
      ...contents(world, order, person),
    });
  },
};

/** Somebody on mail writes to the agency. */
async function letter(
  { sim }: Visit,
  { text = '', file, replyTo }: Sending,
  person: Person,
): Promise<object> {
  const draft = { from: person.email ?? '', text, ...(file && { file }), times: 1 };
  const { uid } = await writeLetter(sim, { ...draft, ...(replyTo !== undefined && { answers: replyTo }) });
  return { messageId: uid, updateId: null };
}

/** How a person speaks, by where they are. */
function speakerOf({ sim }: Visit, { channel }: Person): typeof say {
  if (channel === 'whatsapp') return (_, __, person, content) => sim.whatsapp.say(person, content);
  if (channel === 'max') return (_, __, person, content) => sim.max.say(person, content);
  return say;
}

function contents(world: World, order: Sending, person: Person): Partial<TgMessage> {
  const { text, contact, file, voice, sticker } = order;
  const given = [contact, file, voice, sticker].filter((kind) => kind !== undefined).length;
  if (given > 1 || (given === 0 && text === undefined) || (given === 1 && text !== undefined && !file))
    throw new ControlError(400, 'give exactly one of text, contact, file, voice, sticker');
  if (contact) return { contact: ownContact(person) };
  if (voice) {
    const bytes = Buffer.from('OggS voice of the simulator');
    const type = 'audio/ogg';
    return {
      voice: saveFile(world, 'voice', { name: 'voice.oga', type, bytes }, { duration: 3, mime_type: type }),
    };
  }
  if (sticker) {
    const bytes = Buffer.from('RIFF sticker of the simulator');
    const more = {
      width: 512,
      height: 512,
      type: 'regular',
      is_animated: false,
      is_video: false,
      emoji: '👍',
    };
    return { sticker: saveFile(world, 'sticker', { name: 'sticker.webp', type: 'image/webp', bytes }, more) };
  }
  if (!file) return worded('text', text ?? '');
  return {
    ...attachment(world, file, order.photo === true),
    ...(text !== undefined && worded('caption', text)),
  };
}

function attachment(
  world: World,
  file: { name: string; base64: string },
  asPhoto: boolean,
): Partial<TgMessage> {
  const bytes = Buffer.from(file.base64, 'base64');
  const source = { name: file.name, type: mimeType(file.name), bytes };
  if (!asPhoto) return { document: saveFile(world, 'document', source) };
  if (!/\.(jpe?g|png)$/i.test(file.name)) throw new ControlError(400, 'a photo must be a .jpg or .png file');
  return { photo: [saveFile(world, 'photo', source, imageSize(bytes) ?? { width: 800, height: 600 })] };
}

function worded(name: 'text' | 'caption', text: string): Partial<TgMessage> {
  const entities = detectEntities(text, []).toSorted((a, b) => a.offset - b.offset);
  const spans = name === 'text' ? { entities } : { caption_entities: entities };
  return { [name]: text, ...(entities.length > 0 && spans) };
}

function ownContact(person: Person): NonNullable<TgMessage['contact']> {
  if (person.phone === undefined) throw new ControlError(400, 'this person has no phone to share');
  const { first_name, last_name } = profiles.user(person);
  return { phone_number: person.phone, first_name, ...(last_name && { last_name }), user_id: person.id };
}

function edit({ sim }: Visit, order: Sending, bot: Bot, person: Person, id: number): object {
  const found = sim.world.message(person.id, id);
  if (!found || found.message.from.id !== person.id)
    throw new ControlError(404, `this person has no message ${id} to edit`);
  if (person.channel === 'whatsapp') throw new ControlError(400, 'WhatsApp tells nobody of an edit');
  const { text } = order;
  if (text === undefined || found.message.text === undefined)
    throw new ControlError(400, 'only a text can be edited, and the new text must be given');
  found.message = {
    ...without(found.message, 'entities'),
    ...worded('text', text),
    edit_date: sim.world.clock.seconds(),
  };
  sim.world.saveMessage(found);
  if (person.channel === 'max') {
    sim.max.edited(person, found);
    return { messageId: id, updateId: null };
  }
  const updateId = sim.updates.push(bot, person.id, 'edited_message', found.message);
  return { messageId: id, updateId };
}
