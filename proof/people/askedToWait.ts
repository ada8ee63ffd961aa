import type { Member } from '../../flows/member.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { telegramOf, phone } from './person.ts';
import type { Case, Wanted } from './recruiter.ts';

const hour = 3_600_000;

/**
 * Telegram asks to wait with everything, and meanwhile somebody is given an interview and writes /stop: after the wait
 * nothing of what was ordered may leave before it was looked at again.
 */
export function makeAskedToWait(deps: {
  head: Member | undefined;
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  /** Telegram's next answer asks to wait so many seconds. */
  askToWait: (seconds: number) => void;
  wanted: Wanted;
}): void {
  const { head, random, time, telegram } = deps;
  const staff = head?.telegram;
  if (head === undefined || staff === undefined) return;
  const say = ({ candidate }: Case, text: string): void => {
    const chat = telegramOf(candidate);
    if (chat !== undefined) telegram.post(chat, phone.text(chat, candidate.lang, text));
  };
  const wait = (): void => {
    const found = deps.wanted(random, 'Europe/Moscow');
    if (!found) return;
    const { cases, ...slot } = found;
    const [one, other] = cases.filter(({ candidate }) => !candidate.stopped);
    if (!one || !other) return;
    deps.askToWait(random.between(20, 40));
    // Whatever is answered to the one meets it first.
    say(other, '/status');
    const order = JSON.stringify({ type: 'setInterview', ...slot });
    const tap = phone.tap(staff, head.lang, `${one.application.id}|${order}`);
    time.after(random.between(800, 2_000), () => telegram.post(staff, tap));
    time.after(random.between(3_000, 5_000), () => say(one, '/stop'));
  };
  // By day, a day or so from one to the next.
  const next = (day: number): void =>
    void time.after(day * 24 * hour + random.between(7, 15) * hour - (time.now() % (24 * hour)), () => {
      wait();
      next(1);
    });
  next(1);
}
