import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Running, startSimulator } from './support/startSimulator.ts';
import { type StubProduct, stubProduct } from './support/stubProduct.ts';

let sim: Running;
let product: StubProduct;
beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());
beforeEach(async () => {
  product = await stubProduct(sim.url);
});
afterEach(() => product.stop());

const MINUTE = 60_000;
const now = async () => Date.parse((await sim.call('GET', '/sim/clock')).body.now);
const move = (order: object) => sim.call('POST', '/sim/clock', order);

describe('the clock', () => {
  test('goes from one due event to the next, in order, each at its time', async () => {
    const start = await now();
    product.plan('second', start + 20 * MINUTE, () => product.plan('third', start + 30 * MINUTE));
    product.plan('first', start + 10 * MINUTE);
    product.plan('too late', start + 120 * MINUTE);
    const { status, body } = await move({ advance: '1h' });
    expect(status).toBe(200);
    expect(product.done.map(({ what }) => what)).toEqual(['first', 'second', 'third']);
    for (const [i, minutes] of [10, 20, 30].entries()) {
      const late = (product.done[i]?.at ?? 0) - (start + minutes * MINUTE);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(5000);
    }
    expect(Date.parse(body.now) - start).toBeGreaterThanOrEqual(60 * MINUTE);
    expect(product.offsets.at(-1)).toBe(body.offset);
    expect((await sim.call('GET', '/sim/clock')).body).toMatchObject({
      next: { what: 'too late', title: 'title of too late' },
      due: [{ what: 'too late' }],
    });
  });

  test.each([
    ['2d', 2 * 24 * 60],
    ['90m', 90],
    ['1h30m', 90],
  ])('advances by %s', async (advance, minutes) => {
    const start = await now();
    await move({ advance });
    const moved = (await now()) - start - minutes * MINUTE;
    expect(moved).toBeGreaterThanOrEqual(0);
    expect(moved).toBeLessThan(5000);
  });

  test('moves to a moment, and never backwards', async () => {
    const to = new Date((await now()) + 5 * MINUTE).toISOString();
    expect((await move({ to })).status).toBe(200);
    const back = await move({ to });
    expect(back.status).toBe(400);
    expect(back.body.error).toMatch(/^the clock moves forward only: it is 20/);
  });

  test('moves to the next event and no further', async () => {
    const start = await now();
    product.plan('near', start + 7 * MINUTE);
    product.plan('far', start + 9 * MINUTE);
    await move({ next: true });
    expect(product.done.map(({ what }) => what)).toEqual(['near']);
    await move({ next: true });
    expect(await move({ next: true })).toEqual({ status: 409, body: { error: 'nothing is due' } });
  });

  test('makes one move at a time', async () => {
    const start = await now();
    const answers = await Promise.all([move({ advance: '1h' }), move({ advance: '1h' })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await now()) - start).toBeGreaterThanOrEqual(120 * MINUTE);
  });

  test('does not leave an event before it is done', async () => {
    const start = await now();
    product.plan('slow', start + MINUTE);
    product.asleep = true;
    let finished = false;
    const moving = move({ advance: '5m' }).then(() => (finished = true));
    await sim.call('GET', '/sim/idle');
    expect(finished).toBe(false);
    expect((await now()) - start).toBeLessThan(4 * MINUTE);
    product.asleep = false;
    await moving;
    expect(product.done.map(({ what }) => what)).toEqual(['slow']);
  });

  test('waits for a product that restarts', async () => {
    await product.stop();
    const moving = move({ advance: '1m' });
    expect((await sim.call('GET', '/sim/idle?timeout=100')).status).toBe(504);
    await product.restart();
    expect((await moving).status).toBe(200);
  });
});

describe('idle', () => {
  test('waits for the product', async () => {
    product.busy = true;
    const { status, body } = await sim.call('GET', '/sim/idle?timeout=100');
    expect([status, body.idle, body.error]).toEqual([504, false, 'something is still waiting']);
    product.busy = false;
    expect((await sim.call('GET', '/sim/idle')).body).toEqual({ idle: true });
  });

  test('waits for updates that a running bot has not confirmed', async () => {
    const person = await sim.person();
    await sim.bot('getUpdates', { offset: -1 });
    await sim.call('POST', `/sim/users/${person}/send`, { text: 'x' });
    const { status, body } = await sim.call('GET', '/sim/idle?timeout=100');
    expect([status, body.waiting.updates]).toEqual([504, 2]);
    const { result } = (await sim.bot('getUpdates')).body;
    await sim.bot('getUpdates', { offset: result.at(-1).update_id + 1 });
    expect((await sim.call('GET', '/sim/idle')).status).toBe(200);
  });
});
