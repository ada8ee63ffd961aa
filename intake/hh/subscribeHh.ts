import { z } from 'zod';
import { SourceError } from '../source.ts';
import type { HhClient } from './hhClient.ts';
import { HhFault } from './hhFault.ts';

const subscriptions = z.object({ items: z.array(z.object({ id: z.string(), url: z.string() })) });
const actions = [{ type: 'NEW_RESPONSE_OR_INVITATION_VACANCY' }];

/**
 * Ask hh to ring at this address when somebody responds. An account has one address: another one that is there, of an
 * earlier place of ours, is changed to this. Without it responses are found by the next read.
 *
 * @returns whether it need not be asked again
 */
export async function subscribeHh(hh: HhClient, url: string, log: (line: object) => void): Promise<boolean> {
  const address = '/webhook/subscriptions';
  try {
    const { items } = await hh.get(address, subscriptions);
    const [first] = items;
    if (items.some((one) => one.url === url)) return true;
    const json = { url, actions };
    if (first) await hh.send({ method: 'PUT', address: `${address}/${encodeURIComponent(first.id)}`, json });
    else await hh.send({ method: 'POST', address, json });
    return true;
  } catch (error) {
    if (!(error instanceof HhFault || error instanceof SourceError)) throw error;
    log({ level: 'warn', hh: 'no hook', error: error.message });
    return error instanceof HhFault;
  }
}
