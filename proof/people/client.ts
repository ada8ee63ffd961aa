import { DateTime } from 'luxon';
import type { Member } from '../../flows/member.ts';
import type { FieldId } from '../../flows/pipelines/fields.ts';
import type { Shown, VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { Order } from '../world/staffBot.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { phone } from './person.ts';
import { someWindows } from './someWindows.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * Somebody people are hired for: is asked for a time, whether they came, how it went, what is decided, when the first
 * day is; answers at once, days later or never, at night, twice, and what was asked long ago.
 */
export function makeClient(deps: {
  member: Member;
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
}): void {
  const { member, random, time, telegram } = deps;
  const chat = member.telegram ?? '';
  const who = {
    pace: random.pick([5 * minute, hour, 6 * hour, 30 * hour]),
    silent: random.pick([0.05, 0.2, 0.5]),
    hasty: random.pick([0, 0.1]),
  };
  /** What they mean to answer, by application: what comes later about it is read first. */
  const plans = new Map<string, () => void>();

  const press = (application: string, order: Order): void => {
    const body = phone.tap(chat, member.lang, `${application}|${JSON.stringify(order)}`);
    telegram.post(chat, body);
    if (random.chance(who.hasty)) time.after(random.between(0, 300), () => telegram.post(chat, body));
  };
  const day = (days: number): number =>
    DateTime.fromMillis(time.now(), { zone: member.zone }).startOf('day').plus({ days }).toMillis();
  const say = (id: string, field: FieldId): void => {
    const value = field.endsWith('Date') ? day(random.between(1, 9)) : 'text';
    press(id, { type: 'setField', field, value });
  };

  const windows = (id: string, round: number, starts: number[]): void => {
    const wish = random.next();
    const about = { type: 'answerWindows' as const, round };
    if (wish < 0.35) press(id, { ...about, answer: 'toggle', start: random.pick(starts) });
    else if (wish < 0.75) press(id, { ...about, answer: 'send' });
    else if (wish < 0.87) press(id, { ...about, answer: 'other' });
    else press(id, { ...about, answer: 'own', starts: someWindows(time.now(), member.zone, random) });
  };

  const act = (buttons: Button[]): void => {
    const verbs = new Set(buttons.map(({ verb }) => verb));
    const [first] = buttons;
    if (!first) return;
    const { id } = first;
    if (verbs.has('t'))
      return windows(
        id,
        Number(first.rest[0]),
        buttons.flatMap(({ verb, rest }) =>
          verb === 't' ? [Number.parseInt(rest[1] ?? '', 36) * minute] : [],
        ),
      );
    if (verbs.has('came'))
      return press(
        id,
        random.chance(0.75) ? { type: 'recordAttendance', attendance: 'came' } : { type: 'clientMissed' },
      );
    for (const { verb, rest } of buttons)
      if (verb === 'say' && random.chance(0.7)) say(id, rest[0] as FieldId);
    if (verbs.has('yes') && random.chance(0.8))
      press(id, {
        type: 'setField',
        field: 'clientDecision',
        value: random.chance(0.65) ? 'approved' : 'refused',
      });
  };

  telegram.read(chat, (message: Shown) => {
    const buttons = message.data.flatMap(readButton);
    const id = buttons[0]?.id;
    if (id === undefined) return;
    plans.get(id)?.();
    plans.delete(id);
    if (random.chance(who.silent)) return;
    const callOff = time.after(5_000 + random.around(who.pace), () => {
      plans.delete(id);
      act(buttons);
    });
    plans.set(id, callOff);
  });
}

interface Button {
  verb: string;
  id: string;
  rest: string[];
}

/** `k:<verb>:<application>[:…]`, as the bot writes them for clients. */
function readButton(data: string): Button[] {
  const [kind, verb = '', id = '', ...rest] = data.split(':');
  return kind === 'k' ? [{ verb, id, rest }] : [];
}
