import { describe, expect, test } from 'vitest';
import { makePace, type Urgency } from '../../runtime/makePace.ts';
import { telegramLimits } from '../../channels/telegram/telegramLimits.ts';
import { handClock } from '../support/handClock.ts';

interface Arrival {
  chat: string;
  asked: number;
  at: number;
}

/** Telegram, as far as its limits go: when each message arrived there. */
function startLine(limits = telegramLimits, answerAfter = (count: number) => (count % 7) * 3) {
  const clock = handClock();
  const pace = makePace(clock, limits);
  const arrivals: Arrival[] = [];
  let count = 0;
  const send = async (chat: string, urgency: Urgency): Promise<void> => {
    const asked = clock.real();
    const turn = await pace.turn(chat, urgency);
    const whole = answerAfter((count += 1));
    await clock.sleep(Math.floor(whole / 2));
    arrivals.push({ chat, asked, at: clock.real() });
    await clock.sleep(Math.ceil(whole / 2));
    turn.end();
  };
  return { clock, pace, arrivals, send };
}

function mostInASecond(arrivals: Arrival[]): number {
  const times = arrivals.map(({ at }) => at).sort((one, other) => one - other);
  return Math.max(
    ...times
      .map((at, index) => times.slice(index).findIndex((other) => other >= at + 1_000))
      .map((n, index) => (n === -1 ? times.length - index : n)),
  );
}

describe('the pace of a channel', () => {
  test('[X-09] a long queue uses 97 % of thirty a second over ten minutes, and never more in any sliding second', async () => {
    const { clock, arrivals, send } = startLine();
    const start = clock.real();
    for (let person = 0; person < 20_000; person += 1) void send(`${person}`, 'bulk');
    await clock.runTo(start + 600_000);
    const sent = arrivals.filter(({ at }) => at < start + 600_000);
    expect(sent.length).toBeGreaterThanOrEqual(0.97 * 30 * 600);
    expect(mostInASecond(sent)).toBeLessThanOrEqual(30);
  });

  test('[X-09] a long and uneven way changes neither', async () => {
    const { clock, arrivals, send } = startLine(telegramLimits, (count) => 90 + ((count * 7) % 13) * 3);
    const start = clock.real();
    for (let person = 0; person < 3_000; person += 1) void send(`${person}`, 'notice');
    await clock.runTo(start + 60_000);
    const sent = arrivals.filter(({ at }) => at < start + 60_000);
    expect(sent.length).toBeGreaterThanOrEqual(0.97 * 30 * 60);
    expect(mostInASecond(sent)).toBeLessThanOrEqual(30);
  });

  test('[X-09] one whose answer never comes holds nobody up for long', async () => {
    const { clock, pace, arrivals, send } = startLine();
    const start = clock.real();
    await pace.turn('stuck', 'answer');
    for (let person = 0; person < 60; person += 1) void send(`${person}`, 'answer');
    await clock.runTo(start + 4_000);
    expect(arrivals).toHaveLength(60);
  });

  test.each([
    { gap: 97, together: 1 },
    { gap: 125, together: 1 },
    { gap: 330, together: 3 },
  ])(
    '[X-09] answers do not queue behind ten thousand messages of a broadcast: $together each $gap ms',
    async ({ gap, together }) => {
      const { clock, arrivals, send } = startLine();
      const start = clock.real();
      for (let person = 0; person < 10_000; person += 1) void send(`b${person}`, 'bulk');
      for (let talk = 0; talk < 600; talk += 1) {
        await clock.runTo(start + Math.floor(talk / together) * gap);
        void send(`t${talk}`, 'answer');
      }
      await clock.runTo(start + 120_000);
      const waits = arrivals
        .filter(({ chat }) => chat.startsWith('t'))
        .map(({ asked, at }) => at - asked)
        .sort((one, other) => one - other);
      expect(waits).toHaveLength(600);
      expect(waits[593]).toBeLessThan(50);
      expect(mostInASecond(arrivals)).toBeLessThanOrEqual(30);
      // What conversations leave, less the places kept free for them, is the broadcast's.
      const broadcast = arrivals.filter(({ chat, at }) => chat.startsWith('b') && at < start + 58_000);
      expect(broadcast.length).toBeGreaterThan(58 * (30 - (together * 1_000) / gap - 4));
    },
  );

  test('a chat gets one message a second, a group one in three, whatever else goes on', async () => {
    const { clock, arrivals, send } = startLine();
    const start = clock.real();
    for (let number = 0; number < 8; number += 1) {
      void send('5', number % 2 === 0 ? 'answer' : 'notice');
      void send('-100', 'answer');
    }
    await clock.runTo(start + 60_000);
    for (const [chat, gap] of [
      ['5', 1_000],
      ['-100', 3_000],
    ] as const) {
      const times = arrivals.filter((one) => one.chat === chat).map(({ at }) => at);
      expect(times).toHaveLength(8);
      for (const [index, at] of times.slice(1).entries())
        expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(gap);
    }
  });

  test('nothing leaves while Telegram says to wait; a group that must wait holds up nobody else', async () => {
    const { clock, pace, arrivals, send } = startLine();
    const start = clock.real();
    pace.rest(5_000);
    pace.rest(2_000);
    pace.rest(20_000, '-100');
    for (const chat of ['1', '2', '-100']) void send(chat, 'answer');
    expect(pace.free('1')).toBe(false);
    await clock.runTo(start + 30_000);
    const at = (chat: string) => (arrivals.find((one) => one.chat === chat)?.at ?? 0) - start;
    expect(at('1')).toBeGreaterThanOrEqual(5_000);
    expect(at('1')).toBeLessThan(5_200);
    expect(at('-100')).toBeGreaterThanOrEqual(20_000);
    expect(pace.free('1')).toBe(true);
  });

  test('processes split the limit to the last message', async () => {
    const lines = [0, 1, 2, 3].map((index) =>
      startLine({ ...telegramLimits, share: () => ({ index, of: 4 }) }),
    );
    let whole = 0;
    for (const { clock, arrivals, send } of lines) {
      const start = clock.real();
      for (let person = 0; person < 1_000; person += 1) void send(`${person}`, 'notice');
      await clock.runTo(start + 60_000);
      expect(mostInASecond(arrivals)).toBeLessThanOrEqual(8);
      whole += arrivals.length;
    }
    expect(whole).toBeGreaterThanOrEqual(0.97 * 30 * 60);
    expect(whole).toBeLessThanOrEqual(30 * 61);
  });

  test('a turn that was not used is given back', async () => {
    const { clock, pace, send, arrivals } = startLine({ ...telegramLimits, perSecond: 1 });
    const start = clock.real();
    (await pace.turn('1', 'answer')).giveBack();
    void send('1', 'answer');
    await clock.runTo(start + 100);
    expect(arrivals).toHaveLength(1);
  });
});
