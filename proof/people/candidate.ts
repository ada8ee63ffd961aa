import type { Candidate } from '../../flows/candidate.ts';
import type { Device } from '../messengers/device.ts';
import type { Hand } from '../messengers/makeHand.ts';
import type { Shown } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { answerTo, type Knowledge } from './answers.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How somebody is: drawn once, from a stream of their own. */
interface Character {
  lang: string;
  /** Usual time to an answer. */
  pace: number;
  vanishes: number;
  wrong: number;
  impatient: number;
  blocks: number;
  types: number;
  /** How often they ask for a code, to go on in another messenger. */
  moves: number;
}

/**
 * Somebody who looks for work. They read what comes, and answer late, twice, wrongly or never; some come back, some
 * block the bot. What the open question is they know as a reader would; nothing else of the product is looked at.
 */
export function makeCandidate(deps: {
  hand: Hand;
  start: string | undefined;
  /** Those of all ads: some come back by another one. */
  links: string[];
  random: Random;
  time: VirtualTime;
  known: Knowledge;
  /** The person as the database has them in that chat. */
  self: (address: string) => Candidate | undefined;
}): { arrive(): void } {
  const { hand, random, time, known } = deps;
  const who: Character = {
    lang: random.chance(0.85) ? 'ru' : 'en',
    pace: random.pick([10_000, 20_000, minute, 3 * minute, 30 * minute]),
    vanishes: random.pick([0.005, 0.02, 0.06]),
    wrong: random.pick([0, 0.03, 0.15]),
    impatient: random.pick([0, 0, 0.05]),
    blocks: random.chance(0.08) ? 0.05 : 0,
    types: random.pick([0, 0.1, 0.8]),
    moves: random.chance(0.2) ? 0.08 : 0,
  };
  let last: Shown | undefined;
  let plan: (() => void) | undefined;
  let returns = random.between(0, 2);

  /** Where they read last, and so answer. */
  const first = hand.first(who.lang);
  let device = first;
  let second: Device | undefined;
  const self = () => deps.self(device.address);
  const say = (text: string) => device.text(text);
  const tap = (data: string): void => {
    const { tap: press } = device;
    press(data);
    // The same thumb twice.
    if (random.chance(who.impatient)) time.after(random.between(0, 300), () => press(data));
  };
  const start = () => say(deps.start ? `/start ${deps.start}` : '/start');

  const anotherAd = () => say(`/start ${random.pick(deps.links)}`);

  const vanish = (): void => {
    if (returns <= 0) return;
    returns -= 1;
    time.after(random.around(5 * day), () => {
      if (device.blocked()) unblock();
      if (random.chance(0.2)) anotherAd();
      else if (random.chance(0.5)) start();
      else if (last) act(last);
      else say('/status');
    });
  };
  const unblock = (): void => {
    device.block(false);
    start();
  };

  const nonsense = (): void =>
    random.pick([
      () => say('?'),
      () => device.sticker(),
      () => device.document(),
      () => say('/help'),
      () => say('/status'),
      () => say('/language'),
      () => say('/human'),
      () => say(known.yes),
      () => tap('p:gone:yes'),
    ])();

  const answer = (message: Shown): void => {
    const dialog = self()?.dialog;
    const typed = random.chance(who.types);
    if (dialog?.kind === 'question') {
      const { question } = dialog;
      if (question.kind === 'phone' && !typed) return device.contact(hand.phone);
      if (question.kind === 'file') return random.chance(0.5) ? device.document() : choose(message, /:skip$/);
      const back = random.chance(0.02) && message.data.find((data) => data.endsWith(':back'));
      if (back) return tap(back);
      const buttons = message.data.filter((data) => !/:(back|skip)$/.test(data));
      if (buttons.length === 0 || typed) return say(answerTo(question, random, known));
      if (question.kind === 'yesno') return choose(message, random.chance(0.88) ? /:yes$/ : /:no$/);
      if (question.kind === 'several')
        return choose(message, (dialog.picked?.length ?? 0) > 0 ? /:done$/ : /:\d$/);
      return tap(random.pick(buttons));
    }
    if (dialog?.kind === 'agree') {
      if (dialog.other) return say('text');
      return choose(message, random.chance(0.8) ? /:\d+$/ : random.chance(0.6) ? /:other$/ : /:no$/);
    }
    if (dialog?.kind === 'terms' || dialog?.kind === 'feedback')
      return random.chance(0.5) ? say('text') : choose(message, /:(none|skip)$/);
    if (typed && dialog?.kind === 'day')
      return say(random.chance(0.5) ? `${random.between(1, 28)}.${random.between(1, 12)}` : '1');
    const buttons = message.data.filter((data) => !/:(back|more)$/.test(data) || random.chance(0.1));
    if (buttons.length === 0) return;
    const times = buttons.filter((data) => !data.endsWith(':none'));
    if (times.length > 0 && times.length < buttons.length && !random.chance(0.02))
      return tap(random.pick(times));
    tap(random.pick(buttons));
  };
  const choose = (message: Shown, wanted: RegExp): void => {
    const fitting = message.data.filter((data) => wanted.test(data));
    if (fitting.length > 0) tap(random.pick(fitting));
  };

  const act = (message: Shown): void => {
    if (random.chance(who.wrong)) return nonsense();
    const [first] = message.data;
    if (first?.startsWith('r:')) {
      const wish = random.next();
      return choose(message, wish < 0.8 ? /:yes:/ : wish < 0.92 ? /:move:/ : /:no:/);
    }
    if (first?.startsWith('i:')) {
      // A booked interview: nothing to do, and some change their mind.
      if (random.chance(0.08)) choose(message, random.chance(0.7) ? /:move$/ : /:cancel$/);
      return;
    }
    if (first?.startsWith('p:') && /:(yes|no)$/.test(first) && self()?.dialog?.kind === 'consent')
      return random.chance(0.06) ? choose(message, /:no$/) : choose(message, /:yes$/);
    if (message.contact || message.data.length > 0 || self()?.dialog) return answer(message);
    if (self()?.relay) return void (random.chance(0.6) && say('text'));
  };

  /** With the code in hand they open the other messenger: by its link or by typing, too late, or with a slip. */
  const goOn = (code: string): void => {
    if (!second) (second = hand.second(who.lang)).read(readIn(second));
    const there = device === second ? first : second;
    const brought = random.chance(0.1) ? code.replace(/.$/, 'Z') : code;
    const said = random.chance(0.5) ? `/start link_${brought.replace('-', '')}` : brought;
    time.after(random.around(random.chance(0.1) ? 20 * minute : 20_000), () => there.text(said));
  };

  const readIn =
    (where: Device) =>
    (message: Shown): void => {
      device = where;
      read(message);
    };
  const read = (message: Shown): void => {
    last = message;
    plan?.();
    const code = /\b[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}\b/.exec(message.text)?.[0];
    if (code !== undefined && random.chance(0.9)) return goOn(code);
    if (random.chance(who.moves)) return say('/link');
    if (random.chance(who.vanishes)) return vanish();
    if (random.chance(who.blocks)) {
      time.after(random.around(minute), () => device.block(true));
      if (random.chance(0.5)) time.after(random.around(3 * day), unblock);
      return;
    }
    if (random.chance(0.006)) return say('/stop');
    if (random.chance(0.004)) return anotherAd();
    plan = time.after(2_000 + random.around(random.chance(0.03) ? 8 * hour : who.pace), () => act(message));
  };

  first.read(readIn(first));
  return { arrive: start };
}
