import { type Simulator } from '../simulator.ts';
import { type Caller } from './call.ts';
import { methods } from './methods/methods.ts';
import { type Params } from './params.ts';
import { Refusal } from './refusal.ts';

/**
 * Runs a method for a bot: what came over HTTP, or what a webhook gave back in its answer.
 * @throws Refusal; 404 for a method that is not there.
 */
export async function runMethod(
  sim: Simulator,
  bot: number,
  name: string,
  params: Params,
  caller: Caller,
): Promise<unknown> {
  const method = methods.get(name.toLowerCase());
  if (!method) throw new Refusal(404, 'Not Found');
  const { world, updates, queries, limits } = sim;
  return method.run({
    world,
    updates,
    queries,
    limits,
    bot: world.bot(bot),
    method: method.name,
    params,
    caller,
  });
}
