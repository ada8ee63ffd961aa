import { type Bot, type ChatState, type Person } from '../records.ts';
import { ControlError } from './controlError.ts';
import { messengerOf } from '../messengers.ts';
import { type Visit } from './route.ts';

/** The person that `:id` names, and their chat. @throws ControlError 404 */
export function whichPerson({ sim, path }: Visit): { person: Person; chat: ChatState } {
  const person = sim.world.people.get(Number(path['id']));
  if (!person) throw new ControlError(404, `there is no person ${path['id'] ?? ''}`);
  return { person, chat: sim.world.chat(person.id) };
}

/**
 * Whom a person talks to: their messenger when it is not Telegram; else the bot named, or the one that said hello last.
 * @throws ControlError 404, 409
 */
export function whichBot({ sim, path }: Visit, named?: number): Bot {
  const person = sim.world.people.get(Number(path['id']));
  const messenger = person && messengerOf(person);
  if (messenger) return messenger;
  const id = named ?? sim.world.activeBot;
  if (id === null) throw new ControlError(409, 'no bot has called this server yet');
  const bot = sim.world.bots.get(id);
  if (!bot) throw new ControlError(404, `there is no bot ${id}`);
  return bot;
}
