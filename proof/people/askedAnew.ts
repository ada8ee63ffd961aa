import type { Member } from '../../flows/member.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { Order } from '../world/staffBot.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { phone, telegramOf } from './person.ts';
import type { Case } from './recruiter.ts';
import { someWindows } from './someWindows.ts';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * A head who works at night: answers for the client, so that the candidate is to be asked in the morning which time suits.
 * The candidate is awake, too, and is asked anew; then other times are proposed. In the morning neither question may leave.
 */
export function makeAskedAnew(deps: {
  head: Member | undefined;
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  /** Whose time with the client is being agreed, in a zone. */
  agreeing: (zone: string) => Case[];
}): void {
  const { head, random, time, telegram } = deps;
  const staff = head?.telegram;
  if (head === undefined || staff === undefined) return;
  const press = ({ application: { id } }: Case, order: Order): void =>
    telegram.post(staff, phone.tap(staff, head.lang, `${id}|${JSON.stringify(order)}`));
  const propose = (found: Case): void =>
    press(found, {
      type: 'proposeWindows',
      starts: someWindows(time.now(), head.zone, random),
      format: 'office',
    });
  const work = (): void => {
    const awake = deps
      .agreeing('Europe/Moscow')
      .filter(({ candidate }) => !candidate.stopped && telegramOf(candidate));
    if (awake.length === 0) return;
    const found = random.pick(awake);
    const { candidate, application } = found;
    const chat = telegramOf(candidate) ?? '';
    const round = (application.agreementRounds ?? 0) + 1;
    propose(found);
    time.after(30_000, () => press(found, { type: 'answerWindows', round, answer: 'send' }));
    time.after(60_000, () => telegram.post(chat, phone.text(chat, candidate.lang, '/status')));
    time.after(90_000, () => propose(found));
  };
  // In Moscow it is half past ten to two.
  const next = (): void =>
    void time.after(day + random.between(19.5 * hour, 23 * hour) - (time.now() % day), () => {
      work();
      next();
    });
  next();
}
