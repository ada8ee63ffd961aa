import type { Group } from '../../flows/groups/group.ts';
import type { Member } from '../../flows/member.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { GroupOrder } from '../world/staffBot.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { phone } from './person.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Whole windows, as the choice of times has them. */
const step = 1_200_000;

/**
 * Who gathers people in groups: makes one with a few places every other day, so that some have to wait for one, writes
 * to all, and now and then moves it, gives it more or fewer places, or calls it off.
 */
export function makeGroupHost(deps: {
  member: Member;
  vacancies: string[];
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  look: (group: string) => Group | undefined;
}): void {
  const { member, vacancies, random, time, telegram, look } = deps;
  const chat = member.telegram ?? '';
  const press = (order: GroupOrder) =>
    telegram.post(chat, phone.tap(chat, member.lang, `g|${JSON.stringify(order)}`));
  const later = (days: number): number => {
    const at = time.now() + days * day + random.between(0, 8) * hour;
    return Math.ceil(at / step) * step;
  };

  const change = (id: string): void => {
    const group = look(id);
    if (!group || group.cancelled !== undefined || group.start < time.now()) return;
    const wish = random.next();
    if (wish < 0.3) press({ type: 'changeGroup', id, change: { start: later(3) } });
    else if (wish < 0.55) press({ type: 'changeGroup', id, change: { places: random.between(1, 6) } });
    else if (wish < 0.8) press({ type: 'changeGroup', id, change: { text: 'text', to: 'people' } });
    else press({ type: 'changeGroup', id, change: { cancelled: time.now() } });
  };

  let made = 0;
  const make = (): void => {
    const id = `${member._id}-g${(made += 1)}`;
    const vacancy = random.pick(vacancies);
    press({ type: 'makeGroup', id, vacancy, start: later(3), places: random.between(1, 4) });
    for (let changes = random.between(0, 2); changes > 0; changes -= 1)
      time.after(random.between(2, 70) * hour, () => change(id));
    time.after(random.between(24, 72) * hour, make);
  };
  time.after(random.between(4, 40) * hour, make);
}
