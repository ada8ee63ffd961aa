import type { Member } from '../../flows/member.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { phone } from './person.ts';
import type { Wanted } from './recruiter.ts';

const day = 86_400_000;

/**
 * Somebody sets an interview when it is just not night yet, and the database drags: what is ordered before ten is
 * taken for sending after it.
 */
export function makeStrokeOfTen(deps: {
  head: Member | undefined;
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  /** The first such call of the database after the next decision takes long. */
  drag: (operation: string) => void;
  machineNow: () => number;
  wanted: Wanted;
}): void {
  const { head, random, time, telegram } = deps;
  const chat = head?.telegram;
  if (head === undefined || chat === undefined) return;
  const setInterview = (): void => {
    const found = deps.wanted(random, 'Europe/Moscow');
    if (!found) return;
    const { cases, ...slot } = found;
    const order = JSON.stringify({ type: 'setInterview', ...slot });
    deps.drag('ledger.updateOne');
    telegram.post(chat, phone.tap(chat, head.lang, `${random.pick(cases).application.id}|${order}`));
  };
  const wait = (): void => {
    // So long before as an update is on its way and is decided.
    const early = random.between(300, 900);
    if (random.chance(0.7)) time.after(Math.max(untilTen(deps.machineNow()) - early, 0), setInterview);
    time.after(day, wait);
  };
  time.after(0, wait);
}

/** How long it is until ten in the evening in Moscow. */
function untilTen(now: number): number {
  const ten = 19 * 3_600_000;
  return (((ten - now) % day) + day) % day;
}
