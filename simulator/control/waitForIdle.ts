import { setTimeout as sleep } from 'node:timers/promises';
import { type Simulator } from '../simulator.ts';

/** Pause between two looks, milliseconds. */
const PAUSE = 15;
/** Pause before a product that did not answer is asked again, milliseconds. */
const RETRY = 100;

/** Whether all is quiet, and if not, what is waiting. */
export interface Idle {
  idle: boolean;
  waiting: { updates: number; letters: number; heldAnswers: number; product: Record<string, unknown> };
}

/**
 * Waits until nothing is on its way: every update of a running bot confirmed, no answer held by a fault, and the product
 * says that it is quiet; twice in a row with nothing happening in between. A product that does not answer is restarting,
 * and is asked again until `timeout` (milliseconds of the machine).
 */
export async function waitForIdle(sim: Simulator, timeout: number): Promise<Idle> {
  const until = sim.world.clock.real() + timeout;
  let before: number | null = null;
  for (;;) {
    const left = Math.max(0, until - sim.world.clock.real());
    const look = await lookOnce(sim, Math.min(left, 1000));
    const activity = sim.activity;
    if (look.idle && before === activity) return look;
    before = look.idle ? activity : null;
    if (left === 0) return { ...look, idle: false };
    await sleep('error' in look.waiting.product ? RETRY : PAUSE);
  }
}

async function lookOnce(sim: Simulator, wait: number): Promise<Idle> {
  const updates =
    sim.updates.unconfirmed() +
    sim.whatsapp.hooks.waiting +
    sim.max.waiting +
    sim.sms.hooks.waiting +
    sim.hh.hooks.waiting +
    sim.avito.hooks.waiting +
    sim.novofon.hooks.waiting;
  const heldAnswers = sim.faults.held;
  const letters = sim.mail?.office.waiting() ?? 0;
  try {
    const { quiet, waiting } = await sim.product.idle(wait);
    const idle = quiet && updates === 0 && letters === 0 && heldAnswers === 0;
    return { idle, waiting: { updates, letters, heldAnswers, product: waiting } };
  } catch (error) {
    const product = { error: error instanceof Error ? error.message : String(error) };
    return { idle: false, waiting: { updates, letters, heldAnswers, product } };
  }
}
