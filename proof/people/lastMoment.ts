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
 * back, the other refuses anew. The alarm that rings just then belongs to a refusal that is no more. Or some minutes
 * before, while the database drags: the other's alarm is set before the one's is called off.
 */
export function makeLastMoment(deps: {
  heads: Member[];
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  /** The first such call of the database after the next decision takes long. */
  drag: (operation: string) => void;
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
  const takeBack = (id: string) => press(one, id, { type: 'undo' });
  const refuse = (id: string) => press(other, id, { type: 'refuse', reason: 'other' });
  const every = 2 * hour;
  const look = (): void => {
    for (const { application, at } of deps.due(every)) {
      const { id } = application;
      const dice = random.next();
      // So long before as an update is on its way.
      if (dice < 0.4)
        time.at(at - random.between(20, 160), () => {
          takeBack(id);
          refuse(id);
        });
      else if (dice < 0.7)
        time.at(Math.max(at - random.between(60_000, 600_000), time.now()), () => {
          takeBack(id);
          deps.drag('timers.bulkWrite');
          time.after(200, () => refuse(id));
        });
    }
    time.after(every, look);
  };
  time.after(every, look);
}
