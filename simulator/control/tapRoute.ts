import { z } from 'zod';
import { profiles } from '../profiles.ts';
import { type Bot, type Person, type StoredMessage, type TgInlineButton } from '../records.ts';
import { type Simulator } from '../simulator.ts';
import { ControlError } from './controlError.ts';
import { parse } from './parse.ts';
import { type Route, type Visit } from './route.ts';
import { say } from './say.ts';
import { whichBot, whichPerson } from './who.ts';

/** How long a tap waits for `answerCallbackQuery`, milliseconds. */
const WAIT = 2000;

const tapping = z
  .strictObject({
    messageId: z.number().int(),
    data: z.string().optional(),
    label: z.string().optional(),
    times: z.number().int().min(1).max(5000).default(1),
    bot: z.number().int().optional(),
    /** A group they are in, instead of their private chat. */
    chat: z.number().int().optional(),
  })
  .refine(({ data, label }) => data !== undefined || label !== undefined, 'give data or label');
type Tapping = z.infer<typeof tapping>;

/** A person presses a button: under a message, or of the reply keyboard. */
export const tapRoute: Route = {
  method: 'POST',
  path: '/sim/users/:id/tap',
  async run(visit) {
    const order = parse(tapping, visit.body);
    const { person, chat } = whichPerson(visit);
    if (order.chat !== undefined) return tapInGroup(visit, order, person, order.chat);
    const target = visit.sim.world.message(person.id, order.messageId);
    const bot = whichBot(visit, order.bot ?? target?.bot);
    if (chat.blocked.includes(bot.id))
      throw new ControlError(400, 'this person has blocked the bot: unblock it first');
    const inline = target && findInline(target, order);
    const messenger =
      person.channel === 'whatsapp' ? visit.sim.whatsapp : person.channel === 'max' && visit.sim.max;
    if (inline && messenger) {
      for (let i = 0; i < order.times; i += 1) messenger.tap(person, target, inline);
      return { answers: Array.from({ length: order.times }, () => null) };
    }
    if (inline) return { answers: await press(visit.sim, bot, person, target, inline, order.times) };
    const key = findKey(chat.keyboards[bot.id]?.markup.keyboard ?? [], order);
    if (!key) throw new ControlError(404, `message ${order.messageId} has no such button`);
    for (let i = 0; i < order.times; i += 1) {
      if (key.request_contact === true) share(visit.sim, bot, person);
      else say(visit.sim, bot, person, { text: key.text });
    }
    return { answers: Array.from({ length: order.times }, () => null) };
  },
};

/** A member presses a button in a group. */
async function tapInGroup(visit: Visit, order: Tapping, person: Person, id: number): Promise<object> {
  const { sim } = visit;
  if (!sim.world.groups.get(id)?.members.includes(person.id))
    throw new ControlError(404, `this person is in no group ${id}`);
  const target = sim.world.message(id, order.messageId);
  const inline = target && findInline(target, order);
  if (!inline) throw new ControlError(404, `message ${order.messageId} has no such button`);
  return {
    answers: await press(sim, whichBot(visit, order.bot ?? target.bot), person, target, inline, order.times),
  };
}

function findInline(target: StoredMessage, { data, label }: Tapping): TgInlineButton | undefined {
  return target.message.reply_markup?.inline_keyboard
    .flat()
    .find(
      (b) => (data === undefined || b.callback_data === data) && (label === undefined || b.text === label),
    );
}

function findKey<T extends { text: string }>(rows: T[][], { data, label }: Tapping): T | undefined {
  return data === undefined ? rows.flat().find((key) => key.text === label) : undefined;
}

/** Disabled, link and copy buttons reach no bot; others become as many callback queries as ordered. */
async function press(
  sim: Simulator,
  bot: Bot,
  person: Person,
  target: StoredMessage,
  { callback_data: data }: TgInlineButton,
  times: number,
): Promise<object[]> {
  if (data === undefined) throw new ControlError(400, 'this button sends nothing to the bot');
  const answers = Array.from({ length: times }, () => {
    const { id, answered } = sim.queries.ask(bot.id, WAIT);
    const query = { id, from: profiles.user(person), message: target.message };
    sim.updates.push(bot, target.message.chat.id, 'callback_query', {
      ...query,
      chat_instance: `${target.message.chat.id}${bot.id}`,
      data,
    });
    return answered;
  });
  const given = await Promise.all(answers);
  for (const answer of given) {
    if (!answer?.text && !answer?.url) continue;
    const { text = '', showAlert = false, url } = answer;
    sim.world.events.tell({ type: 'answer', user: person.id, text, showAlert, ...(url && { url }) });
  }
  return given as object[];
}

function share(sim: Simulator, bot: Bot, person: Person): void {
  if (person.phone === undefined) throw new ControlError(400, 'this person has no phone to share');
  const { first_name, last_name } = profiles.user(person);
  const contact = {
    phone_number: person.phone,
    first_name,
    ...(last_name && { last_name }),
    user_id: person.id,
  };
  say(sim, bot, person, { contact });
}
