import { z } from 'zod';

const shape = z.object({ offset: z.number().min(0) });

/** How far the simulator's clock was moved: the product of the demo lives in the same time, after a restart too. */
export async function simulatorClock(url: string): Promise<number> {
  const response = await fetch(`${url}/sim/clock`);
  return shape.parse(await response.json()).offset;
}
