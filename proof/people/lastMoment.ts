import type { Member } from '../../flows/member.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { Order } from '../world/staffBot.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { phone } from './person.ts';
import type { Case } from './recruiter.ts';

const hour = 3_600_000;

/**
 * Two heads who are not of one mind, in the very moment when the message of a refusal is due: one takes the refusal
 * back, the other refuses anew. The alarm that rings just then belongs to a refusal that is no more.
 */
export function makeLastMoment(deps: {
  heads: Member[];
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  /** Refused people whose message is due within some hours, by true time. */
  due: (within: number) => (Case & { at: number })[];
}): void {
  const { heads, random, time, telegram } = deps;
  const [one, other] = heads;
  if (!one || !other) return;
  const press = (member: Member, id: string, order: Order): void => {
    const chat = member.telegram ?? '';
    telegram.post(chat, phone.tap(chat, member.lang, `${id}|${JSON.stringify(order)}`));
  };
  const every = 2 * hour;
  const look = (): void => {
    for (const { application, at } of deps.due(every)) {
      if (random.chance(0.5)) continue;
      // So long before as an update is on its way.
      time.at(at - random.between(20, 160), () => {
        press(one, application.id, { type: 'undo' });
        press(other, application.id, { type: 'refuse', reason: 'other' });
      });
    }
    time.after(every, look);
  };
  time.after(every, look);
}
